//! The README's examples are those of the crate's documentation, which are compiled.

#[test]
fn every_line_of_an_example_stands_in_the_documentation() {
    let documentation = include_str!("../src/lib.rs");
    let documented: Vec<_> =
        documentation.lines().map(|line| line.trim_start_matches("//!").trim()).collect();
    let mut examples = 0;
    for block in include_str!("../../../README.md").split("```rust\n").skip(1) {
        let (example, _) = block.split_once("```").expect("an example that ends");
        let example: Vec<_> = example.lines().collect();
        assert!(documented.windows(example.len()).any(|lines| lines == example), "{example:#?}");
        examples += 1;
    }
    assert_eq!(examples, 3, "hyper, ureq, the core alone");
}
