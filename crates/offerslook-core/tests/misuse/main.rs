//! Calls that the API would not understand do not compile.

#[test]
fn misuse_does_not_compile() {
    let cases = trybuild::TestCases::new();
    // With something that does compile among them, limits are checked too: the compiler looks at them last.
    cases.pass("tests/misuse/accepted/*.rs");
    cases.compile_fail("tests/misuse/refused/*.rs");
}
