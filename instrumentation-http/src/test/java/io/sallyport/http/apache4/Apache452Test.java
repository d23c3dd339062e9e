package io.sallyport.http.apache4;

import io.sallyport.http.contract.OtherVersion;

/** Before HttpCore 4.4.13, whose {@code Header} is no {@code NameValuePair}. */
class Apache452Test extends Apache4Contract {

    Apache452Test() {
        super(OtherVersion.of("httpclient-4.5.2", Apache4TestClient.class));
    }

    /** Newer versions write blanks in their place. */
    @Override
    protected boolean writesLineBreaks() {
        return true;
    }
}
