package io.sallyport.core.mask.detect;

import io.sallyport.core.mask.function.BoundedText;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A detector of a policy's own. Immutable and thread-safe. */
public sealed interface CustomDetector permits CustomDetector.Expression, DenyList {

    /** Name of the entity. */
    String entity();

    /** What it finds, in order, without overlaps. */
    List<Finding> find(String text);

    /**
     * Matches of an expression, in time linear in the text: a text on which the expression backtracks too long is a finding as a
     * whole.
     *
     * @throws java.util.regex.PatternSyntaxException if the expression is none
     */
    static CustomDetector regex(String entity, String regex) {
        return new Expression(entity, Pattern.compile(regex));
    }

    /** Words and phrases of a list, in any case, where no word character touches them. */
    static CustomDetector denyList(String entity, List<String> terms) {
        return new DenyList(entity, terms);
    }

    /** See {@link CustomDetector#regex}. */
    record Expression(String entity, Pattern pattern) implements CustomDetector {
        @Override
        public List<Finding> find(String text) {
            List<Finding> findings = new ArrayList<>(2);
            try {
                Matcher matcher = pattern.matcher(new BoundedText(text));
                while (matcher.find()) {
                    if (matcher.end() > matcher.start()) {
                        findings.add(new Finding(entity, matcher.start(), matcher.end()));
                    }
                }
            } catch (BoundedText.Spent | StackOverflowError tooMuch) {
                return List.of(new Finding(entity, 0, text.length()));
            }
            return findings;
        }
    }
}
