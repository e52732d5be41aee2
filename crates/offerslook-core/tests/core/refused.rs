//! Answers in which the API says no, by the status, by the `code`, or by both.

use offerslook_core::affiliate::batches::GetTrackingLinks as Batch;

use crate::answers::answers;

const HTML: &str = "<!DOCTYPE html>\n<html><head><title>Sorry</title></head><body>Try again</body></html>\n";

fn refusal_of(message: &str) -> String {
    format!(r#"{{"code": 1001, "message": {message}, "data": []}}"#)
}

answers! {
    code_in_a_200: Batch, 200, refusal_of(r#""offer_ids is invalid""#);
    code_as_string: Batch, 200, r#"{"code": "40101", "message": "Invalid key", "data": null}"#;
    code_of_words: Batch, 200, r#"{"code": "E_RATE\nLIMIT", "message": "Slow down"}"#;
    code_with_a_fraction: Batch, 200, r#"{"code": 1.5, "message": "?"}"#;
    code_long: Batch, 200, format!(r#"{{"code": "{}", "message": "?"}}"#, "E".repeat(5_000));
    code_empty: Batch, 200, r#"{"code": "", "message": "?"}"#;
    code_true: Batch, 200, r#"{"code": true, "message": "?"}"#;
    code_too_large_for_a_number: Batch, 200, r#"{"code": 18446744073709551615, "message": "?"}"#;
    code_negative: Batch, 200, r#"{"code": -1, "message": "System error"}"#;
    code_after_data_that_does_not_decode: Batch, 200,
        r#"{"data": {"tracking_link": "none"}, "message": "IP address is not allowed", "code": 40301}"#;
    code_before_trailing_garbage: Batch, 200, r#"{"code": 1001, "message": "No"}<br />Warning: in line 1"#;
    status_and_code: Batch, 400, refusal_of(r#""offer_ids is invalid""#);
    status_with_code_zero: Batch, 404, r#"{"code": 0, "message": "Success", "data": {}}"#;
    status_that_nobody_knows: Batch, 418, r#"{"message": "short and stout"}"#;

    message_null: Batch, 200, refusal_of("null");
    message_absent: Batch, 200, r#"{"code": 1001}"#;
    message_array: Batch, 200, refusal_of(r#"["offer_ids", {"is": "invalid"}]"#);
    message_long_and_wild: Batch, 200,
        refusal_of(&format!(r#"" \u001b[31mred\r\nline\u0000\u0085 {}""#, "é".repeat(5_000)));
    message_with_escaped_slashes: Batch, 200, refusal_of(r#""see https:\/\/help.example\/keys""#);
    message_in_another_encoding: Batch, 200, b"{\"message\": \"acc\xE8s refus\xE9\", \"code\": 40101}";
    message_in_another_encoding_on_a_401: Batch, 401, b"{\"message\": \"acc\xE8s refus\xE9\", \"code\": 1}";
    message_too_deep: Batch, 200,
        format!(r#"{{"message": {}{}, "code": 1001}}"#, "[".repeat(200), "]".repeat(200));
    message_that_is_half_a_character: Batch, 200, r#"{"message": "\ud83d", "code": 40101}"#;

    html_on_a_504: Batch, 504, HTML;
    html_on_a_403: Batch, 403, HTML;
    empty_400: Batch, 400, "";
    empty_500: Batch, 500, "";
    text_on_a_429: Batch, 429, "Too many requests";
    cut_on_a_500: Batch, 500, r#"{"code": 500, "message": "Inter"#;
    redirect: Batch, 302, HTML;
}
