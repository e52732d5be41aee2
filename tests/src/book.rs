//! The programs of the book's pages.

macro_rules! pages {
    ($($page:literal)*) => { $(
        #[doc = include_str!(concat!("../../docs/src/", $page))]
        const _: () = ();
    )* };
}

pages!["applying.md" "choosing-a-client.md" "embed.md" "errors.md" "getting-started.md" "links.md" "listing.md"
    "rate-limits.md" "sandbox.md" "transport.md"];
