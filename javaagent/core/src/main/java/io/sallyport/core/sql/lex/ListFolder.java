package io.sallyport.core.sql.lex;

/**
 * Shortens lists of literals while tokens arrive: behind the first {@code literalsKept} items of {@code IN (1, 2, 3, …)} and the
 * first {@code rowsKept} rows of {@code VALUES (1, 'a'), (2, 'b'), …} nothing is kept. Other lists stay, their positions count.
 */
final class ListFolder {

    private final Tokens tokens;
    private final int literalsKept;
    private final int rowsKept;
    /** Literals in the list that the last tokens form, 0 when they form none. */
    private int literals;
    /** Index of the bracket that opened the row being read, -1 when something else than literals was in it. */
    private int rowStart = -1;

    private boolean list;
    private int rows;
    private boolean rowPending;

    ListFolder(Tokens tokens, int literalsKept, int rowsKept) {
        this.tokens = tokens;
        this.literalsKept = literalsKept;
        this.rowsKept = rowsKept;
    }

    /** To be called after each token. */
    void added() {
        int last = tokens.size() - 1;
        TokenType type = tokens.type(last);
        if (type == null) {
            return;
        }
        switch (type) {
            case STRING, NUMBER, PARAM -> literal(last);
            case COMMA -> {
                if (rowPending) {
                    return;
                }
                if (!isLiteral(last - 1)) {
                    reset();
                }
            }
            case LEFT_PAREN -> {
                boolean nextRow = rowPending && tokens.is(last - 1, TokenType.COMMA);
                boolean firstRow = tokens.isAny(last - 1, "VALUES", "VALUE");
                reset(nextRow ? rows : 0);
                rowStart = nextRow || firstRow ? last : -1;
                list = tokens.is(last - 1, "IN");
            }
            case RIGHT_PAREN -> closeRow(last);
            default -> reset();
        }
    }

    private boolean isLiteral(int i) {
        TokenType type = tokens.type(i);
        return type == TokenType.STRING || type == TokenType.NUMBER || type == TokenType.PARAM;
    }

    private void literal(int last) {
        if (rowPending) {
            reset();
        }
        if (literals > 0 && tokens.is(last - 1, TokenType.COMMA) && isLiteral(last - 2)) {
            literals++;
            if (list && literals >= literalsKept) {
                tokens.truncate(last - 1);
                tokens.markFolded();
                literals--;
            }
        } else if (tokens.is(last - 1, TokenType.LEFT_PAREN)) {
            literals = 1;
        } else {
            reset();
        }
    }

    private void closeRow(int last) {
        if (rowStart < 0 || !isLiteral(last - 1)) {
            reset();
            return;
        }
        rows++;
        int start = rowStart;
        rowStart = -1;
        literals = 0;
        if (rows > rowsKept && tokens.is(start - 1, TokenType.COMMA)) {
            tokens.truncate(start - 1);
            tokens.markFolded();
            rows--;
        }
        rowPending = true;
    }

    private void reset() {
        reset(0);
    }

    private void reset(int rowsSoFar) {
        literals = 0;
        list = false;
        rows = rowsSoFar;
        rowStart = -1;
        rowPending = false;
    }
}
