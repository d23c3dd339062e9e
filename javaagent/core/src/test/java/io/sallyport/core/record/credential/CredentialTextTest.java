package io.sallyport.core.record.credential;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Of a text that is written down, credentials are left out and the rest stays. */
class CredentialTextTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '→',
            quoteCharacter = '`',
            value = {
                "{\"access_token\":\"hunter2\",\"expires\":60} → {\"access_token\":\"…\",\"expires\":60}",
                "{\"a\": 1, \"password\": \"hunter2\", \"b\": \"x\"} → {\"a\": 1, \"password\": \"…\", \"b\": \"x\"}",
                "{\"pin_secret\": 1234, \"b\": 2} → {\"pin_secret\": …, \"b\": 2}",
                "{\"b\": 2, \"credentials\": {\"key\": \"hunter2\"}} → {\"b\": 2, \"credentials\": …",
                "user=a&password=hunter2&x=1 → user=a&password=…&x=1",
                "host=db password=hunter2 port=5 → host=db password=… port=5",
                "<a><password>hunter2</password><b>1</b></a> → <a><password>…</password><b>1</b></a>",
                "see https://a:hunter2@x/y for it → see https://…@x/y for it",
                "Authorization: Basic aHVudGVyMjpo → Authorization: …",
                "with Bearer hunter2hunter2hunter2 and more → with Bearer … and more",
                "no credential: here → no credential: …",
                "https://u:p@hunter2@host/x and me@x.org → https://…@host/x and me@x.org",
                "<a><password type=\"s\">hunter2</password><b>1</b></a> → <a><password type=\"s\">…</password><b>1</b></a>",
                "<password><![CDATA[hunter2]]></password><b>1</b> → <password>…</password><b>1</b>",
                "<entry key=\"smtp.password\">hunter2</entry><b>1</b> → <entry key=\"smtp.password\">…</entry><b>1</b>",
                "{\"password\":\"it's-hunter2\",\"x\":1} → {\"password\":\"…\",\"x\":1}",
                "{\"password\":\"abc\\\"hunter2\",\"x\":1} → {\"password\":\"…\",\"x\":1}",
                "{\"password\":\"hunter2\\\\\",\"x\":1} → {\"password\":\"…\",\"x\":1}",
                "{\\\"password\\\":\\\"a\\\\\\\"hunter2\\\",\\\"x\\\":1} → {\\\"password\\\":\\\"…\\\",\\\"x\\\":1}",
                "password='it''s-hunter2' x=1 → password='…' x=1",
                "{\"password\":\"\",\"x\":1} → {\"password\":\"…\",\"x\":1}",
                "'password' => 'hunter2', 'x' => 1 → 'password' => '…', 'x' => 1",
                "Server=x;User Id=sa;Pass=hunter2;Y=1 → Server=x;User Id=sa;Pass=…;Y=1",
                "a=1;AccountKey=hunter2==;b=2 → a=1;AccountKey=…;b=2",
                "https://x/y?sv=2020&sig=hunter2%3D&x=1 → https://x/y?sv=2020&sig=…&x=1",
                "jdbc:oracle:thin:scott/hunter2@//h:1521/x → jdbc:oracle:thin:scott/…@//h:1521/x",
                "sqlplus scott/hunter2@orcl now → sqlplus scott/…@orcl now",
                "post to https://hooks.slack.com/services/T0/B0/hunter2XXXX now → post to https://hooks.slack.com/services/… now",
                "Authorization: Digest username=\"bob\", response=\"hunter2\" → Authorization: …",
                "Bearer  hunter2hunter2hunter2 and more → Bearer  … and more",
                "{\"name\":\"password\",\"value\":\"hunter2\",\"x\":1} → {\"name\":\"password\",\"value\":\"…\",\"x\":1}",
                "<property name=\"password\" value=\"hunter2\"/> → <property name=\"password\" value=\"…\"/>",
                "mysql --password hunter2 -h db → mysql --password … -h db",
                "run --api-key 'hunter2 x' --v → run --api-key '…' --v",
                "mysql -u bob -phunter2 shop → mysql -u bob -p… shop",
                "mysqldump -p'hunter2 x' shop → mysqldump -p'…' shop",
                "{\"pin\":\"0815\",\"otp\":123456,\"x\":1} → {\"pin\":\"…\",\"otp\":…,\"x\":1}",
                "curl -u bob:hunter2 https://x → curl -u bob:… https://x",
                "[\"smtp.password\", \"hunter2\"] → [\"smtp.password\", \"…",
                "smtp.password,hunter2 → smtp.password,…",
                "a;'db_pass';'hunter2' → a;'db_pass';'…",
                "{\"password_of_the_administrator_of_the_production_database\":\"hunter2\"} → {\"password_of_the_administrator_of_the_production_database\":\"…\"}",
                "--spring.security.oauth2.client.registration.google.client-secret hunter2 → --spring.security.oauth2.client.registration.google.client-secret …",
                "spring.security.oauth2.client.registration.google.client-secret,hunter2 → spring.security.oauth2.client.registration.google.client-secret,…",
                "nothing to hide at 10:42 → nothing to hide at 10:42",
            })
    void credentialsAreLeftOut(String text, String shown) {
        assertThat(CredentialText.without(text.strip())).isEqualTo(shown.strip());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "npm_hunter2hunter2hunter2hunter2",
                "ya29.hunter2hunter2hunter2",
                "hf_hunter2hunter2hunter2",
                "SG.hunter2hunter2.hunter2",
                "shpat_hunter2hunter2hunter2",
                "dckr_pat_hunter2hunter2hunter2",
                "whsec_hunter2hunter2hunter2",
                "123456789:AAhunter2hunter2hunter2",
                "-----BEGIN PRIVATE KEY-----\nhunter2\nABhunter2\n-----END PRIVATE KEY-----",
                "-----BEGIN PRIVATE KEY-----\nhunter2\nABhunter2",
                "{\"private_key\":\"-----BEGIN PRIVATE KEY-----\\nhunter2\\nABhunter2",
                "PuTTY-User-Key-File-2: ssh-rsa\nPrivate-Lines: 14\nhunter2",
                "{\n  \"password\":\n    \"hunter2\",\n  \"x\": 1}",
                "{\n\"password\":\r\n\"hunter2\"}",
                "a: 1\npassword: |\n  hunter2\n\n  hunter2",
                "a: 1\npassword: >-\n  x\n  hunter2",
                "a: 1\npassword:\n  x\n  hunter2",
                "a: 1\npasswords:\n- x\n- hunter2",
                "a: 1\npassword: a, 'b' \"c\" hunter2",
                "env:\n- name: DB_PASSWORD\n  value: hunter2",
                "password = \"\"\"\nx\nhunter2\"\"\"",
                "a,1\nsmtp.password\thunter2",
                "a,1\n\"smtp.password\", \"x, hunter2\"",
                "id,password,name\n1,hunter2,x\n2,hunter2,y",
                "id,\"password\"\r\n1,hunter2\r\n2,hunter2",
                "docker login --username bob --password hunter2",
            })
    void ofWhatGoesOnNothingIsLeft(String text) {
        assertThat(CredentialText.isIn(text)).isTrue();
        assertThat(CredentialText.without("before\n" + text))
                .startsWith("before\n")
                .doesNotContain("hunter2");
        String followed = CredentialText.without(text + "\nother: seen");
        assertThat(followed).doesNotContain("hunter2");
        if (text.startsWith("a: 1") || text.contains("-----END")) {
            assertThat(followed).endsWith("\nother: seen");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "npm_config_registry_of_this_host=x",
                "hf_hub_download_of_a_model",
                "SG. is the code of Singapore",
                "compass: north, bypass=yes, design=1",
                "uses: actions/checkout@v4 and org/repository@main",
                "library/nginx@sha256:0123456789abcdef",
                "mail a/b/bob@example.com",
                "https://shop.example:8080/@ann/orders?id=7",
                "<b>bold</b> 5 > 4 < 6 <i/> x",
                "<passwordless/>name",
                "password:\nuser: bob",
                "a value: 5",
                "a list, of my password, in prose",
                "id,name\n1,password",
                "- password must be long",
                "mkdir -pv a && ps -p12 && docker run -p8080:80 x",
                "pass_count=7, spin: fast, option=x, passenger: bob",
                "docker run -u 1000:1000 x",
                "ls -la --sort size",
                "services at 12345:30",
            })
    void whatOnlyLooksLikeOneStays(String text) {
        assertThat(CredentialText.without(text)).isEqualTo(text);
    }

    /** A scan that went back or ahead at each sign would take minutes. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "token=x ",
                "a://b:c",
                "<token>",
                "<a b>",
                "x/y@1",
                "password:\n x",
                "pass:|",
                "'\"\\:",
                "-----BEGIN ",
                "a>",
                "12345",
                "value=",
                "password:\"\\",
                "password,",
                "a",
                "-a",
                "a.pin ",
                "a,\n",
                ",password\n",
                "--password x ",
                "-u a:b "
            })
    @Timeout(60)
    void aLongTextTakesNoLongerThanItsLength(String part) {
        CredentialText.without(part.repeat(100_000 / part.length()));
    }
}
