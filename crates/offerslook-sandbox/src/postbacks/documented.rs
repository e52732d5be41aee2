use super::{Postback, PostbackType};

/// Returns the five postbacks of the reference's examples. The examples show only some fields of 47 and 49; the
/// others are invented. The example of a list is its second page of two rows, sorted by `+code`.
pub(super) fn postbacks() -> [Postback; 5] {
    let url = PostbackType::PostbackUrl;
    let pixel = PostbackType::ImagePixel;
    [
        postback((47, 244, None), url, "http://www.baidu.com", "approved", (1_467_341_004, 1_467_341_004)),
        postback((49, 5, None), url, "http://test.com", "approved", (1_467_688_530, 1_467_688_530)),
        postback((51, 5, Some(1)), url, "http://offerslook.com", "pending", (1_467_777_333, 1_467_777_333)),
        postback(
            (210, 102, Some(1)),
            url,
            "https://www.offerslook.com/signup.html",
            "approved",
            (1_478_031_171, 1_478_231_171),
        ),
        postback(
            (211, 102, Some(2)),
            pixel,
            "<img src=\"https: //www.offerslook.com\">",
            "pending",
            (1_478_031_196, 1_478_031_196),
        ),
    ]
}

fn postback(
    (id, offer_id, event_id): (u64, u64, Option<u64>),
    r#type: PostbackType,
    code: &str,
    status: &'static str,
    (create_time, update_time): (u64, u64),
) -> Postback {
    Postback { id, offer_id, event_id, r#type, code: code.to_owned(), status, create_time, update_time }
}
