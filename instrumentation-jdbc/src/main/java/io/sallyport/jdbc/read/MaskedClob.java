package io.sallyport.jdbc.read;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.sql.Clob;
import java.sql.NClob;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;

/** A masked text in place of a driver's LOB. Read-only; immutable. */
final class MaskedClob implements NClob {

    private final String text;

    MaskedClob(String text) {
        this.text = text;
    }

    @Override
    public long length() {
        return text.length();
    }

    @Override
    public String getSubString(long pos, int length) throws SQLException {
        int from = offset(pos);
        if (length < 0) {
            throw new SQLException("negative length", "22011");
        }
        return text.substring(from, (int) Math.min(text.length(), (long) from + length));
    }

    @Override
    public Reader getCharacterStream() {
        return new StringReader(text);
    }

    @Override
    public Reader getCharacterStream(long pos, long length) throws SQLException {
        return new StringReader(getSubString(pos, (int) Math.min(Integer.MAX_VALUE, length)));
    }

    @Override
    public InputStream getAsciiStream() {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public long position(String searched, long start) throws SQLException {
        int found = text.indexOf(searched, offset(start));
        return found < 0 ? -1 : found + 1;
    }

    @Override
    public long position(Clob searched, long start) throws SQLException {
        return position(searched.getSubString(1, (int) Math.min(Integer.MAX_VALUE, searched.length())), start);
    }

    @Override
    public int setString(long pos, String str) throws SQLException {
        throw readOnly();
    }

    @Override
    public int setString(long pos, String str, int offset, int len) throws SQLException {
        throw readOnly();
    }

    @Override
    public OutputStream setAsciiStream(long pos) throws SQLException {
        throw readOnly();
    }

    @Override
    public Writer setCharacterStream(long pos) throws SQLException {
        throw readOnly();
    }

    @Override
    public void truncate(long len) throws SQLException {
        throw readOnly();
    }

    @Override
    public void free() {}

    private int offset(long pos) throws SQLException {
        if (pos < 1 || pos > text.length() + 1L) {
            throw new SQLException("position outside the value", "22011");
        }
        return (int) pos - 1;
    }

    private static SQLException readOnly() {
        return new SQLFeatureNotSupportedException("this value is masked by policy and cannot be written", "0A000");
    }
}
