package io.sallyport.core.sql;

import java.util.Set;

/** The servers' own functions that compute with their arguments, and read nothing else but the clock, the session and chance. */
final class PureFunctions {

    private static final Set<String> NAMES = Set.of(
            ("abs acos asin atan atan2 cbrt ceil ceiling cos cosh cot degrees div exp factorial floor gcd greatest lcm least ln log"
                            + " log10 log2 mod pi power pow radians rand random round sign sin sinh sqrt tan tanh trunc truncate"
                            + " width_bucket bitand bitor bitxor bitnot lshift rshift"
                            + " ascii bit_length btrim char char_length character_length chr concat concat_ws difference format hex"
                            + " initcap insert instr lcase left length locate lower lpad ltrim md5 octet_length overlay"
                            + " position quote_ident quote_literal quote_nullable rawtohex regexp_count regexp_instr regexp_like"
                            + " regexp_match regexp_matches regexp_replace regexp_split_to_array regexp_split_to_table"
                            + " regexp_substr repeat replace reverse right rpad rtrim sha224 sha256 sha384 sha512 soundex space"
                            + " split_part starts_with strpos stringdecode stringencode stringtoutf8 string_to_array"
                            + " string_to_table substr substring to_ascii to_hex translate trim ucase unhex upper utf8tostring"
                            + " xmlattr xmlcdata xmlcomment xmlnode xmlstartdoc xmltext"
                            + " coalesce casewhen cast convert decode ifnull if iif isnull nullif nvl nvl2 num_nulls num_nonnulls"
                            + " encode to_char to_date to_number to_timestamp to_json to_jsonb json_build_array json_build_object"
                            + " jsonb_build_array jsonb_build_object jsonb_pretty jsonb_set json_typeof jsonb_typeof"
                            + " json_array_length jsonb_array_length json_extract_path json_extract_path_text"
                            + " json_array json_object json_extract json_unquote json_valid array_length array_append array_cat"
                            + " array_prepend array_position array_remove array_to_string cardinality unnest generate_series"
                            + " generate_subscripts array_contains array_get array_slice trim_array"
                            + " age clock_timestamp curdate current_date current_time current_timestamp curtime dateadd datediff"
                            + " date_add date_bin date_diff date_format date_part date_sub date_trunc day dayname dayofmonth dayofweek"
                            + " dayofyear extract formatdatetime hour isfinite justify_days justify_hours justify_interval last_day"
                            + " localtime localtimestamp make_date make_interval make_time make_timestamp make_timestamptz minute"
                            + " month monthname now parsedatetime quarter second statement_timestamp str_to_date sysdate systimestamp"
                            + " timeofday timestampadd timestampdiff to_days transaction_timestamp unix_timestamp week year"
                            + " current_catalog current_database current_schema current_user database h2version pg_backend_pid"
                            + " random_uuid schema session_id session_user gen_random_uuid uuid user version txid_current"
                            + " compress expand hash orahash secure_rand zero system_range")
                    .split(" "));

    private PureFunctions() {}

    /** @param name folded, without a schema */
    static boolean contains(String name) {
        return NAMES.contains(name);
    }
}
