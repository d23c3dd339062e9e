package io.sallyport.core.sql.lex;

/** What a token is. White space and comments are no tokens. */
public enum TokenType {
    /** Keyword or unquoted identifier. */
    WORD,
    /** Identifier in double quotes, backticks or brackets. */
    QUOTED,
    /** Character, bit or binary string of any notation. */
    STRING,
    NUMBER,
    /** {@code ?}, {@code $1}, {@code :name}, {@code @name}: a value that isn't in the text. */
    PARAM,
    OPERATOR,
    LEFT_PAREN,
    RIGHT_PAREN,
    LEFT_BRACKET,
    RIGHT_BRACKET,
    COMMA,
    DOT,
    SEMICOLON
}
