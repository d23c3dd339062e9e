package io.sallyport.core.record.credential;

/**
 * Options of command lines: {@code --password hunter2}, {@code -token hunter2}, {@code -u bob:hunter2} as curl has it, and {@code -phunter2} as the
 * clients of MySQL do. Allocates nothing.
 */
final class CommandOption {

    /** How far before {@code -p…} the command may stand. */
    private static final int LONGEST_COMMAND = 80;

    private static final String[] WITH_JOINED_PASSWORD = {"mysql", "mariadb", "sshpass"};

    private CommandOption() {}

    /** Where the value begins of an option whose first dash stands at a place; -1 where no credential is named. */
    static int begin(String text, int dash) {
        if (dash > 0 && " \t\r\n\"'(".indexOf(text.charAt(dash - 1)) < 0) {
            return -1;
        }
        if (isJoinedPassword(text, dash)) {
            boolean quoted = "\"'".indexOf(text.charAt(dash + 2)) >= 0;
            return quoted && dash + 3 < text.length() ? dash + 3 : dash + 2;
        }
        int end = dash;
        while (end < text.length() && isNamePart(text.charAt(end))) {
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

    private static boolean isJoinedPassword(String text, int dash) {
        if (!text.startsWith("-p", dash)
                || dash + 2 >= text.length()
                || " \t\r\n".indexOf(text.charAt(dash + 2)) >= 0) {
            return false;
        }
        for (int i = dash - 1; i >= 0 && dash - i < LONGEST_COMMAND && text.charAt(i) != '\n'; i--) {
            for (String command : WITH_JOINED_PASSWORD) {
                if (text.regionMatches(true, i, command, 0, command.length())) {
                    return true;
                }
            }
        }
        return false;
    }

    static int end(String text, int start) {
        boolean quoted = "\"'".indexOf(text.charAt(start - 1)) >= 0;
        return quoted ? Quoted.end(text, start) : NamedCredential.until(text, start, "\"', \t\r\n");
    }

    private static boolean isNamePart(char c) {
        return c == '-' || c == '_' || c == '.' || Character.isLetterOrDigit(c);
    }
}
