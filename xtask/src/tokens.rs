//! Paths and words among the tokens of Rust source, so that those inside macro calls are found too.

use proc_macro2::{TokenStream, TokenTree};

/// Returns all paths among these tokens, each after the segments `before`: of `a::{b, c as d}` these are `a::b`
/// and `a::c::as::d`.
pub(crate) fn paths(tokens: TokenStream, before: &[String]) -> Vec<Vec<String>> {
    let (mut paths, mut colons) = (vec![before.to_vec()], 2);
    for token in tokens {
        match (token, paths.last_mut()) {
            (TokenTree::Ident(name), Some(path)) if colons == 2 || name == "as" => {
                colons = if name == "as" { 2 } else { 0 };
                path.push(name.to_string());
            }
            (TokenTree::Ident(name), _) => {
                colons = 0;
                paths.push([before, &[name.to_string()]].concat());
            }
            (TokenTree::Punct(mark), _) => colons = if mark.as_char() == ':' { colons + 1 } else { 0 },
            (TokenTree::Group(group), _) => {
                let before = if colons == 2 { paths.pop().unwrap_or_default() } else { Vec::new() };
                paths.extend(self::paths(group.stream(), &before));
                colons = 0;
            }
            (TokenTree::Literal(_), _) => colons = 0,
        }
    }
    paths
}

/// Returns all names and literals among these tokens, in order.
pub(crate) fn words(tokens: TokenStream) -> Vec<String> {
    let words = tokens.into_iter().map(|token| match token {
        TokenTree::Group(group) => words(group.stream()),
        TokenTree::Punct(_) => Vec::new(),
        word => vec![word.to_string()],
    });
    words.flatten().collect()
}
