package io.sallyport.core.mask.detect;

import java.util.List;
import java.util.Set;

/**
 * Whether the words around digits say that they are a telephone number. What has a telephone in it also has counts, prices and versions:
 * where such a word or a unit stands nearer, the digits are of that kind, and of verbs and adjectives ({@code call}, {@code mobile}) nothing but
 * small words may stand between them and digits that look like any other number.
 */
final class PhoneWords {
    /**
     * English, German and Dutch; the Romance languages; Finnish, Polish, Hungarian, Turkish, Vietnamese and Indonesian; other alphabets; scripts
     * without spaces.
     */
    private static final Set<String> NOUNS = words("""
            phone telephone tel cellphone msisdn whatsapp phonenumber telno hotline phoneno landline mobilephone
            mobilenumber mobileno cellnumber cellno faxnumber faxno contactno contactnumber helpline tollfree telefon
            handy telefonnummer telefonnr handynummer mobilnummer mobilnr mobiltelefon mobil rufnummer rückrufnummer
            festnetz festnetznummer durchwahl telefax telefoon telefoonnummer telefoonnr mobiel gsm
            téléphone tél portable rappeler telefono teléfono celular móvil tfno tlf cellulare telefonico recapito
            telefone telemovel telemóvel fone
            puhelin puhelinnumero puh telefonu telefonem telefonszám điệnthoại đt sđt telepon telp nohp ponsel
            τηλέφωνο τηλεφώνου τηλ κινητό телефон телефона телефону тел моб мобильный мобильного сотовый טלפון נייד هاتف
            الهاتف جوال الجوال موبايل تلفون تلفن موبایل فون \u095Eोन \u092B\u093Cोन फोन मोबाइल ফোন মোবাইল
            โทร โทรศัพท์ เบอร์โทร มือถือ 电话 手机 電話 手機 座机 传真 傳真 携帯 전화 휴대폰 핸드폰 연락처
            """);

    /** What is said of much else. */
    private static final Set<String> OTHERS =
            Set.of("mobile", "cell", "call", "called", "dial", "sms", "callback", "fax", "mob", "ph");

    /** Of these a number with a sign before it is the count or the name: {@code call #1042}. */
    private static final Set<String> COUNTED = Set.of("call", "dial", "sms", "callback");

    /** Names that are written as one word end with these: {@code homephone}, {@code mobilenumber}. */
    private static final Set<String> STEMS =
            Set.of("phone", "mobile", "fax", "telefon", "telefono", "telefone", "contactno", "contactnumber");

    private static final Set<String> DEVICES = Set.of(
            "headphone", "earphone", "microphone", "smartphone", "megaphone", "saxophone", "xylophone", "automobile");

    /** What a telephone has besides its number. */
    private static final Set<String> NO_NUMBER = words("""
            id count type model verified hash duration version status cost price minute second ms ns page seq sequence
            build total credit serial imei imsi timestamp
            """);

    /** And what else a sentence may give the number of. */
    private static final Set<String> NO_NUMBER_EITHER = words("""
            app order ticket invoice plan case user message depth batch job tower stack article sku lot bill usage revenue
            amount contract
            """);

    private static final Set<String> LINKS = words("""
            me us him her them you at on to from under the a number num no nr is was my our his their your please back now
            today tomorrow again via or and home work office private privat business personal main requested customer
            client for of in
            """);

    /** Right before digits, these say where a call or message went: {@code SMS code sent to …}. */
    private static final Set<String> REACHED = Set.of("at", "on", "to", "from");

    /** Behind digits, these say what they count. */
    private static final Set<String> UNITS = words("""
            ms ns us s sec seconds min minutes hours bytes kb mb gb users units times eur usd gbp people grams items rows
            calls messages records requests
            """);

    private PhoneWords() {}

    private static Set<String> words(String list) {
        return Set.of(list.strip().split("\\s+"));
    }

    /** Whether the name of the column or field is that of a telephone number, whatever else it is named after: {@code order_phone}. */
    static boolean isNamed(ContextWords context) {
        return context.namedAfter(STEMS) && !context.namedAfter(DEVICES);
    }

    /** @param plain whether the digits look like any number: no groups, no zero before them */
    static boolean around(ContextWords context, int start, int end, boolean plain) {
        boolean named = context.named(NOUNS) || context.named(OTHERS) || isNamed(context);
        return (named && !context.named(NO_NUMBER))
                || isSaid(context, start, end, plain)
                || context.labelled(NOUNS, end)
                || context.labelled(OTHERS, end);
    }

    private static boolean isSaid(ContextWords context, int start, int end, boolean plain) {
        List<String> words = context.wordsBefore(start);
        boolean linked = true;
        for (int i = 0; i < words.size(); i++) {
            if (Words.isAmong(NOUNS, words, i)) {
                // Seven or eight digits are a date as often.
                boolean likely = linked || end - start > 8;
                return !plain || likely && !UNITS.contains(context.wordBehind(end));
            } else if (Words.isAmong(OTHERS, words, i)) {
                boolean reached = linked || REACHED.contains(words.get(0)) && end - start > 8;
                boolean counted = Words.isAmong(COUNTED, words, i) && context.follows('#', start);
                return !counted && (!plain || reached && !UNITS.contains(context.wordBehind(end)));
            } else if (Words.isAmong(NO_NUMBER, words, i) || Words.isAmong(NO_NUMBER_EITHER, words, i)) {
                return false;
            }
            linked &= LINKS.contains(words.get(i));
        }
        return false;
    }
}
