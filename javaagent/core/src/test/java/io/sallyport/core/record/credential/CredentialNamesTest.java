package io.sallyport.core.record.credential;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which names of columns and members may be those of credentials. */
class CredentialNamesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pw",
                "PW",
                "user_pw",
                "userPw",
                "pw_hash",
                "dbpw",
                "userpw",
                "pass",
                "user_pass",
                "userpass",
                "dbPass",
                "smtppass",
                "passwd",
                "passwort",
                "pwd",
                "userpwd",
                "PASSWORD",
                "passphrase",
                "pin",
                "api-key",
                "otp"
            })
    void aNameOfACredentialIsOne(String name) {
        assertThat(CredentialNames.mayName(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "compass",
                "bypass",
                "surpass",
                "overpass",
                "passenger",
                "pass_count",
                "hpw",
                "upward",
                "pw_count",
                "spin",
                "p",
                "w",
                "name"
            })
    void anOrdinaryNameIsNone(String name) {
        assertThat(CredentialNames.mayName(name)).isFalse();
    }
}
