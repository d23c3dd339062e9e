package io.sallyport.core.sql;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells Java code of H2's aliases that can do nothing but compute: a method of {@link Math} or of a number's class that is named as the alias's target, or
 * the source of one method that says no word beyond a short list and the names that it declares. No field, no other class, no connection.
 */
final class PureJava {

    /** {@code getInteger} and its like read the process's settings. */
    private static final Pattern TARGET = Pattern.compile("java\\.lang\\.(?:(?:Strict)?Math\\.(?!random)"
            + "|(?:Integer|Long|Short|Byte|Double|Float|Boolean|Character)\\.(?!get(?:Integer|Long|Boolean)))\\w+");

    private static final Pattern METHOD = Pattern.compile(
            "\\s*(?:(?:public|static|final)\\s+)*TYPE\\s+\\w+\\s*\\(([^()@]*)\\)\\s*\\{([^\"'@\\\\]*)\\}\\s*"
                    .replace(
                            "TYPE",
                            "(?:int|long|short|byte|double|float|boolean|char|String|Integer|Long|Double|Boolean)"));

    private static final Pattern WORD = Pattern.compile("[A-Za-z_$][\\w$]*");

    private static final Pattern DECLARED = Pattern.compile(
            "\\b(?:int|long|short|byte|double|float|boolean|char|String|Integer|Long|Double|Boolean)\\s+(\\w+)");

    private static final Set<String> WORDS = Set.of(
            "int",
            "long",
            "short",
            "byte",
            "double",
            "float",
            "boolean",
            "char",
            "String",
            "Integer",
            "Long",
            "Double",
            "Boolean",
            "final",
            "return",
            "if",
            "else",
            "for",
            "while",
            "true",
            "false",
            "null",
            "Math",
            "abs",
            "max",
            "min",
            "round",
            "floor",
            "ceil",
            "sqrt",
            "pow",
            "length",
            "substring",
            "toUpperCase",
            "toLowerCase",
            "trim",
            "equals",
            "equalsIgnoreCase",
            "indexOf",
            "isEmpty",
            "charAt",
            "concat",
            "valueOf",
            "parseInt",
            "intValue",
            "longValue");

    private PureJava() {}

    static boolean is(String definition) {
        if (TARGET.matcher(definition).matches()) {
            return true;
        }
        Matcher method = METHOD.matcher(definition);
        if (!method.matches()) {
            return false;
        }
        String code = method.group(1) + ";" + method.group(2);
        Matcher word = WORD.matcher(code);
        Set<String> declared = new HashSet<>();
        DECLARED.matcher(code).results().forEach(found -> declared.add(found.group(1)));
        while (word.find()) {
            // What is said of an object is never a variable, whatever its name.
            boolean member = code.substring(0, word.start()).stripTrailing().endsWith(".");
            if (!WORDS.contains(word.group()) && (member || !declared.contains(word.group()))) {
                return false;
            }
        }
        return balanced(method.group(2));
    }

    /** Whether the method's end is where it seems to be, so that no field and no other method follows. */
    private static boolean balanced(String body) {
        int depth = 0;
        for (int i = 0; i < body.length() && depth >= 0; i++) {
            char c = body.charAt(i);
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
        }
        return depth == 0;
    }
}
