package io.sallyport.core.mask.body;

import io.sallyport.core.mask.BodyMaskPlan;
import io.sallyport.core.mask.function.MaskSpec;
import io.sallyport.core.mask.function.MaskingFunction;
import io.sallyport.core.mask.function.MaskingFunctions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A body of the corpus in {@code mask/bodies}; the format is told at the head of {@code json.txt}. */
record BodyCase(String name, String type, List<BodyRule> rules, boolean refused, Charset charset, String markup) {
    private static final Pattern MARK = Pattern.compile("«([^→»]*)→([^»]*)»", Pattern.DOTALL);

    static Stream<BodyCase> all() {
        return Stream.of(
                        "json",
                        "xml",
                        "flat",
                        "streams",
                        "adversarial",
                        "embedded",
                        "unseen",
                        "second-unseen",
                        "third-unseen",
                        "fourth-unseen",
                        "fifth-unseen",
                        "sixth-unseen",
                        "messages")
                .flatMap(BodyCase::read);
    }

    private static Stream<BodyCase> read(String file) {
        try (InputStream in = BodyCase.class.getResourceAsStream("/mask/bodies/" + file + ".txt")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            List<BodyCase> cases = new ArrayList<>();
            String[] blocks = text.split("(?m)^== ");
            for (int i = 1; i < blocks.length; i++) {
                cases.add(parse(file, blocks[i]));
            }
            return cases.stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BodyCase parse(String file, String block) {
        int split = block.indexOf("\n--\n");
        String[] head = block.substring(0, split).split("\n");
        String body = block.substring(split + 4);
        body = body.endsWith("\n") ? body.substring(0, body.length() - 1) : body;
        body = body.replace("␍", "\r").replace("␊", "\n").replace("␀", "\0");
        String type = null;
        Charset charset = null;
        boolean refused = false;
        List<BodyRule> rules = new ArrayList<>();
        for (int i = 1; i < head.length; i++) {
            String line = head[i];
            if (line.startsWith("type:")) {
                type = line.substring(5).strip();
            } else if (line.startsWith("encoding: ")) {
                charset = Charset.forName(line.substring(10));
            } else if (line.startsWith("rule: ")) {
                rules.add(rule("r" + i, line.substring(6)));
            } else if (line.equals("refused")) {
                refused = true;
            } else {
                throw new IllegalArgumentException(file + ": " + head[0] + ": " + line);
            }
        }
        Matcher declared = Pattern.compile("(?i)charset=\"?([^\";]+)").matcher(type);
        if (charset == null) {
            charset = declared.find() && Charset.isSupported(declared.group(1))
                    ? Charset.forName(declared.group(1))
                    : StandardCharsets.UTF_8;
        }
        return new BodyCase(file + ": " + head[0], type.isEmpty() ? null : type, rules, refused, charset, body);
    }

    private static BodyRule rule(String name, String text) {
        int with = text.indexOf(" with ");
        MaskingFunction function = with < 0 ? MaskingFunctions.redact() : function(text.substring(with + 6));
        String what = with < 0 ? text : text.substring(0, with);
        String argument = what.substring(what.indexOf(' ') + 1);
        return switch (what.substring(0, what.indexOf(' '))) {
            case "key" -> new BodyRule.Key(name, argument, function);
            case "path" -> new BodyRule.Path(name, argument, function);
            case "detect" -> new BodyRule.Detect(name, Set.of(argument), function);
            default -> throw new IllegalArgumentException(text);
        };
    }

    private static MaskingFunction function(String text) {
        int space = text.indexOf(' ');
        String argument = space < 0 ? "" : text.substring(space + 1);
        return MaskingFunctions.of(
                switch (space < 0 ? text : text.substring(0, space)) {
                    case "null" -> new MaskSpec.ToNull();
                    case "fixed" -> new MaskSpec.Fixed(argument);
                    case "keepLast" -> new MaskSpec.KeepLast(Integer.parseInt(argument));
                    case "email" -> new MaskSpec.Email();
                    case "bucket" -> new MaskSpec.Bucket(new BigDecimal(argument));
                    case "truncate" ->
                        new MaskSpec.Truncate(MaskSpec.Truncate.Unit.valueOf(argument.toUpperCase(Locale.ROOT)));
                    default -> throw new IllegalArgumentException(text);
                });
    }

    BodyMaskPlan plan() {
        return BodyMaskers.plan(rules);
    }

    byte[] clear() {
        return MARK.matcher(markup).replaceAll("$1").getBytes(charset);
    }

    byte[] masked() {
        return MARK.matcher(markup).replaceAll("$2").getBytes(charset);
    }

    /** How many values a rule changes. */
    int changes() {
        int n = 0;
        for (Matcher m = MARK.matcher(markup); m.find(); ) {
            n += m.group(1).equals(m.group(2)) ? 0 : 1;
        }
        return n;
    }

    /** Texts that must never leave: clear values that stand nowhere else in the body. */
    List<String> secrets() {
        List<String> secrets = new ArrayList<>();
        String kept = new String(masked(), charset);
        if (refused) {
            secrets.add("secret");
        }
        for (Matcher m = MARK.matcher(markup); m.find(); ) {
            String secret = m.group(1).replace("\"", "");
            if (secret.length() >= 6 && !kept.contains(secret)) {
                secrets.add(secret);
            }
        }
        return secrets;
    }

    @Override
    public String toString() {
        return name;
    }
}
