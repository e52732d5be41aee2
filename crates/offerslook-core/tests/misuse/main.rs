//! Calls that the API would not understand do not compile.

// Other compilers use other words. That of `rust-version` is the one that the words are compared with.
#[rustversion::attr(not(stable(1.95)), ignore = "the words are those of Rust 1.95")]
#[test]
fn misuse_does_not_compile() {
    let cases = trybuild::TestCases::new();
    // With something that does compile among them, limits are checked too: the compiler looks at them last.
    cases.pass("tests/misuse/accepted/*.rs");
    cases.compile_fail("tests/misuse/refused/*.rs");
}
