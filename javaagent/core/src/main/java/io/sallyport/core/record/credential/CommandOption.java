package io.sallyport.core.record.credential;

/** Options of command lines: {@code --password hunter2}, {@code -token hunter2}, and {@code -u bob:hunter2} as curl has it. Allocates nothing. */
final class CommandOption {

    private static final int LONGEST_NAME = 40;

    private CommandOption() {}

    /** Where the value begins of an option whose first dash stands at a place; -1 where no credential is named. */
    static int begin(String text, int dash) {
        if (dash > 0 && " \t\r\n\"'(".indexOf(text.charAt(dash - 1)) < 0) {
            return -1;
        }
        int end = dash;
        while (end < text.length() && end - dash < LONGEST_NAME && isNamePart(text.charAt(end))) {
            end++;
        }
        int value = end;
        while (value < text.length() && text.charAt(value) == ' ') {
            value++;
        }
        if (value == end || value == text.length() || text.charAt(value) == '-') {
            return -1;
        }
        if (text.startsWith("-u", dash) && end == dash + 2 || text.startsWith("--user", dash) && end == dash + 6) {
            int colon = NamedCredential.until(text, value, ": \t\r\n");
            return colon + 1 < text.length() && text.charAt(colon) == ':' && !Character.isDigit(text.charAt(value))
                    ? colon + 1
                    : -1;
        }
        boolean quoted = "\"'".indexOf(text.charAt(value)) >= 0;
        return !CredentialNames.mayName(text, dash, end) ? -1 : quoted && value + 1 < text.length() ? value + 1 : value;
    }

    static int end(String text, int start) {
        boolean quoted = "\"'".indexOf(text.charAt(start - 1)) >= 0;
        return quoted ? Quoted.end(text, start) : NamedCredential.until(text, start, "\"', \t\r\n");
    }

    private static boolean isNamePart(char c) {
        return c == '-' || c == '_' || c == '.' || Character.isLetterOrDigit(c);
    }
}
