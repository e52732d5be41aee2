//! Programs that miss an error do not compile.

// Other compilers word it differently.
#[rustversion::attr(not(stable(1.95)), ignore = "the messages are those of Rust 1.95")]
#[test]
fn an_outcome_cannot_be_used_without_looking_at_the_error_of_the_run() {
    trybuild::TestCases::new().compile_fail("tests/misuse/*.rs");
}
