package io.sallyport.core.mask.detect;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One pass of the built-in detectors over a text. A character starts a detector only where its kind can (a digit or a letter
 * only at the start of a word), every detector looks ahead by a bounded length, and a finding is jumped over: time is linear.
 * Findings come in order and do not overlap. Not thread-safe.
 */
final class Scan {
    private static final int NONE = 0;
    private static final int LETTER = 1;
    private static final int DIGIT = 2;
    private static final int AT = 3;
    private static final int COLON = 4;
    private static final int PLUS = 5;
    private static final int OPEN = 6;
    private static final int DASH = 7;
    private static final int PERCENT = 8;
    private static final int PARAMETER = 9;
    /** The shortest word that is something by itself and has no digit. */
    private static final int LONG_WORD = FiscalCodes.LENGTH;

    private static final byte[] KINDS = kinds();
    /** After letters: neither more of the word nor what goes on in a MAC address, a Slack token or base64. */
    private static final boolean[] PLAIN_END = plainEnd();

    private static final Set<String> AWS_WORDS =
            Set.of("aws", "secret", "secretaccesskey", "awssecretaccesskey", "amazon");

    private final String text;
    /** The same, for the loops that see every character. */
    private final char[] chars;

    private final ContextWords context;
    private final DigitRun digits;
    /** Where the user information of the last URL ends. */
    private int userInfo = -1;
    /** Where that URL ends, in which parameters may be passwords. */
    private int urlEnd;

    private final List<Finding> findings = new ArrayList<>(2);

    private static boolean[] plainEnd() {
        boolean[] plain = new boolean[128];
        for (char c = 0; c < 128; c++) {
            plain[c] = !Chars.isWord(c) && ":-./+".indexOf(c) < 0;
        }
        return plain;
    }

    /** @param chars those of the text */
    Scan(String text, char[] chars, String name) {
        this.text = text;
        this.chars = chars;
        this.context = new ContextWords(text, name);
        this.digits = new DigitRun(text, context);
    }

    private static byte[] kinds() {
        byte[] kinds = new byte[128];
        for (char c = 0; c < 128; c++) {
            kinds[c] = (byte) (Chars.isDigit(c) ? DIGIT : Chars.isWord(c) ? LETTER : NONE);
        }
        kinds['@'] = AT;
        kinds[':'] = COLON;
        kinds['+'] = PLUS;
        kinds['('] = OPEN;
        kinds['-'] = DASH;
        kinds['%'] = PERCENT;
        kinds['?'] = PARAMETER;
        kinds['&'] = PARAMETER;
        kinds[';'] = PARAMETER;
        kinds[','] = PARAMETER;
        return kinds;
    }

    List<Finding> run() {
        int length = chars.length;
        int i = 0;
        while (i < length) {
            char c = chars[i];
            int kind = c < 128 ? KINDS[c] : Chars.isWord(c) ? LETTER : NONE;
            if (kind == NONE) {
                i++;
            } else if (kind == LETTER) {
                i = word(i);
            } else {
                i = other(kind, i);
            }
        }
        return findings;
    }

    private int other(int kind, int i) {
        return switch (kind) {
            case DIGIT -> number(i);
            case AT -> i == userInfo ? i + 1 : add(Emails.around(text, i, lastEnd()), i + 1);
            case PERCENT -> percent(i);
            case COLON -> colon(i);
            case PARAMETER -> parameter(i);
            case PLUS -> Chars.isDigit(Chars.at(text, i + 1)) || Chars.at(text, i + 1) == '(' ? plus(i) : i + 1;
            case OPEN ->
                Chars.isDigit(Chars.at(text, i + 1))
                        ? range("PHONE", i, Phones.endOfBracketed(text, i, context), i + 1)
                        : parameter(i);
            default -> dash(i);
        };
    }

    private int dash(int i) {
        Finding putty = PrivateKeys.ofPutty(text, i);
        if (putty != null) {
            return add(putty, i + 1);
        }
        int end = PrivateKeys.endOf(text, i);
        return end < 0 ? add(PrivateKeys.cutBefore(text, i), i + 1) : range("PRIVATE_KEY", i, end, i + 1);
    }

    /** What a URL encodes is no part of the word behind it: {@code pan%3D4111…}. */
    private int percent(int i) {
        boolean encodes = Chars.isHex(Chars.at(text, i + 1)) && Chars.isHex(Chars.at(text, i + 2));
        boolean track = Chars.at(text, i + 1) == 'B' && Chars.isDigit(Chars.at(text, i + 3));
        if (!encodes || track) {
            return i + 1;
        }
        return text.startsWith("40", i + 1) ? add(Emails.around(text, i, lastEnd()), i + 3) : i + 3;
    }

    /** An address may begin inside digits that looked like something else, and replaces them; a token or password is no address. */
    private int lastEnd() {
        if (findings.isEmpty()) {
            return 0;
        }
        Finding last = findings.get(findings.size() - 1);
        char first = text.charAt(last.start());
        boolean number = (Chars.isDigit(first) || first == '+' || first == '(')
                && !last.entity().equals("CREDENTIAL_URL");
        return !number
                ? last.end()
                : findings.size() < 2 ? 0 : findings.get(findings.size() - 2).end();
    }

    /** An address reaches back over what was found in its first part. */
    private void dropCovered() {
        Finding last = findings.get(findings.size() - 1);
        while (findings.size() > 1 && findings.get(findings.size() - 2).end() > last.start()) {
            findings.remove(findings.size() - 2);
        }
    }

    private int add(@Nullable Finding finding, int otherwise) {
        if (finding == null) {
            return otherwise;
        }
        findings.add(finding);
        dropCovered();
        return finding.end();
    }

    private int range(String entity, int start, int end, int otherwise) {
        return end < 0 ? otherwise : add(new Finding(entity, start, end), otherwise);
    }

    private int word(int start) {
        char[] all = chars;
        int end = start;
        while (end < all.length && all[end] < 128 && KINDS[all[end]] == LETTER) {
            end++;
        }
        if (end - start < LONG_WORD && (end == all.length || PLAIN_END[all[end] & 127] && all[end] < 128)) {
            return end - start == 2 && Ibans.mayGoOn(text, end)
                    ? range("IBAN", start, Ibans.endOf(text, start), end)
                    : end;
        }
        while (end < all.length && Chars.isWord(all[end])) {
            end++;
        }
        return chars[start] >= 128 || end - start < 2 ? end : add(token(start, end), end);
    }

    private @Nullable Finding token(int start, int end) {
        char c = chars[start];
        Finding token = Tokens.at(text, start);
        if (token == null && c == 'e' && Jwts.mayStart(text, start) && Chars.at(text, start - 1) != '-') {
            int jwt = Jwts.endOf(text, start);
            token = jwt < 0 ? null : new Finding("JWT", start, jwt);
        }
        if (token == null && Chars.isDigit(Chars.at(text, start + 2)) && Chars.isDigit(Chars.at(text, start + 3))) {
            int iban = Ibans.endOf(text, start);
            token = iban < 0 ? null : new Finding("IBAN", start, iban);
        }
        if (token == null && c == 'L') {
            int key = PrivateKeys.endOfEncoded(text, start);
            token = key < 0 ? null : new Finding("PRIVATE_KEY", start, key);
        }
        if (token == null && end - start == FiscalCodes.LENGTH && FiscalCodes.at(text, start)) {
            token = new Finding("IT_FISCAL_CODE", start, end);
        }
        if (token == null && Chars.isHex(c)) {
            int mac = MacAddresses.endOf(text, start, context);
            token = mac < 0 ? null : new Finding("MAC_ADDRESS", start, mac);
        }
        if (token == null && c == 'B' && Chars.at(text, start - 1) == '%') {
            token = trackOne(start + 1);
        }
        if (token == null) {
            token = GluedLabels.at(text, start, end, digits);
        }
        return token == null && mayBeAwsSecret(start, end) ? awsSecret(start) : token;
    }

    /** {@code %B4111111111111111^}: what a magnetic stripe holds (ISO/IEC 7813) glues a letter to the card's number. */
    private @Nullable Finding trackOne(int start) {
        Finding card = Chars.isDigit(Chars.at(text, start)) ? digits.at(start) : null;
        return card != null && card.entity().equals("CREDIT_CARD") ? card : null;
    }

    /** Base64 goes on where a word ends only with a slash or a plus sign. */
    private boolean mayBeAwsSecret(int start, int end) {
        char next = Chars.at(text, end);
        return end - start >= 40 || next == '/' || next == '+';
    }

    private @Nullable Finding awsSecret(int start) {
        char before = Chars.at(text, start - 1);
        // What begins behind a dot is the end of a host, with its path.
        boolean inside = before == '/' || before == '+' || before == '.';
        Finding secret = inside ? null : Tokens.awsSecret(text, start);
        return secret != null && context.near(AWS_WORDS, start) ? secret : null;
    }

    private int number(int start) {
        int mac = MacAddresses.endOf(text, start, context);
        if (mac >= 0) {
            return range("MAC_ADDRESS", start, mac, start + 1);
        }
        Finding finding = digits.at(start);
        int end = digits.endOfFirstGroup();
        while (end < text.length() && Chars.isWord(text.charAt(end))) {
            end++;
        }
        if (finding == null && mayBeAwsSecret(start, end)) {
            finding = awsSecret(start);
        }
        return add(finding, end);
    }

    private int plus(int start) {
        if (Chars.isWord(Chars.at(text, start - 1))) {
            return start + 1;
        }
        return range("PHONE", start, Phones.endOfInternational(text, start), start + 1);
    }

    /** A user or password of a URL may be a token, key or address of its own. */
    private @Nullable Finding withInside(@Nullable Finding url) {
        if (url == null) {
            return null;
        }
        Finding whole = url;
        String credentials = text.substring(url.start(), url.end());
        for (Finding other : new Scan(credentials, credentials.toCharArray(), "").run()) {
            whole = whole.holding(other);
        }
        return whole;
    }

    private int parameter(int at) {
        return at < urlEnd ? add(withInside(CredentialUrls.parameter(text, at)), at + 1) : at + 1;
    }

    private int colon(int at) {
        if (text.startsWith("://", at)) {
            Finding url = CredentialUrls.at(text, at);
            userInfo = url == null ? CredentialUrls.endOfUserInfo(text, at) : url.end();
            urlEnd = CredentialUrls.endOfUrl(text, at);
            return add(withInside(url), at + 1);
        }
        if (at >= 4 && text.regionMatches(true, at - 4, "jdbc", 0, 4)) {
            urlEnd = CredentialUrls.endOfUrl(text, at);
        }
        if (at < urlEnd) {
            // Db2's parameters begin behind one.
            Finding password = CredentialUrls.parameter(text, at);
            if (password != null) {
                return add(withInside(password), at + 1);
            }
        }
        if (text.startsWith(":oracle:", at)) {
            return add(CredentialUrls.ofOracle(text, at), at + 1);
        }
        int start = at;
        while (start > 0 && at - start < 5 && Chars.isHex(text.charAt(start - 1))) {
            start--;
        }
        char before = Chars.at(text, start - 1);
        if (at - start > 4 || Chars.isWord(before) || before == ':') {
            return at + 1;
        }
        return range("IP", start, IpAddresses.endOfV6(text, start), at + 1);
    }
}
