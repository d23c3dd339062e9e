package io.sallyport.core.mask.detect;

import java.util.Set;

/**
 * Words of scripts that write no spaces between them, as Chinese, Japanese and Thai do, or glue particles to them, as Korean does:
 * {@code 电话} in {@code 联系电话号码是}. There a word counts where it ends a run of letters, or where what follows says no more than that its number
 * does: {@code 电话费} is a bill.
 */
final class Unspaced {
    private static final String[] TAILS = {
        // Chinese, Japanese, Korean: number, is, and particles
        "号",
        "號",
        "番",
        "码",
        "碼",
        "是",
        "为",
        "為",
        "は",
        "が",
        "を",
        "の",
        "も",
        "へ",
        "まで",
        "번",
        "는",
        "은",
        "가",
        "이",
        "을",
        "를",
        "로",
        "으로",
        // Thai: of, at, is, customer, contact
        "ของ",
        "ที่",
        "คือ",
        "ลูกค้า",
        "ติดต่อ"
    };

    private Unspaced() {}

    private static boolean isUnspaced(char c) {
        return c >= 0x0E00 && !(c >= 0x1E00 && c < 0x2000);
    }

    static boolean endsWithOneOf(Set<String> words, String run) {
        if (run.isEmpty() || !isUnspaced(run.charAt(run.length() - 1))) {
            return false;
        }
        for (String word : words) {
            if (isUnspaced(word.charAt(0))) {
                int at = run.lastIndexOf(word);
                if (at >= 0 && isTail(run, at + word.length())) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isTail(String run, int from) {
        if (from == run.length()) {
            return true;
        }
        for (String tail : TAILS) {
            if (run.startsWith(tail, from)) {
                return true;
            }
        }
        return false;
    }
}
