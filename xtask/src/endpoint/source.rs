//! One source file under `affiliate/`, as far as registration needs to know it.

use anyhow::{Context, Result, ensure};
use syn::{
    Attribute, Expr, ExprLit, File, Ident, ImplItem, Item, ItemImpl, Lit, Meta, Type, UseTree, Visibility,
};

use super::spec::Spec;

/// What a file holds.
pub(crate) struct Source {
    /// The first line of the documentation of the module.
    pub(crate) first_line: String,
    /// The names of its public items.
    pub(crate) names: Vec<String>,
    /// The modules that it declares.
    pub(crate) modules: Vec<String>,
    pub(crate) endpoint: Option<Endpoint>,
}

/// `impl Endpoint for X`, and which other traits of endpoints `X` has.
#[derive(Clone)]
pub(crate) struct Endpoint {
    pub(crate) type_name: String,
    pub(crate) spec: Spec,
    pub(crate) is_batched: bool,
    pub(crate) is_paged: bool,
}

impl Source {
    pub(crate) fn parse(text: &str) -> Result<Self> {
        let file = syn::parse_file(text)?;
        Ok(Self {
            first_line: file.attrs.iter().find_map(doc_line).unwrap_or_default(),
            names: file.items.iter().flat_map(public_names).collect(),
            modules: file.items.iter().filter_map(declared_module).collect(),
            endpoint: endpoint(&file)?,
        })
    }
}

fn doc_line(attribute: &Attribute) -> Option<String> {
    let Meta::NameValue(pair) = &attribute.meta else { return None };
    let Expr::Lit(ExprLit { lit: Lit::Str(line), .. }) = &pair.value else { return None };
    pair.path.is_ident("doc").then(|| line.value().trim().to_owned())
}

fn declared_module(item: &Item) -> Option<String> {
    match item {
        Item::Mod(module) if module.content.is_none() => Some(module.ident.to_string()),
        _ => None,
    }
}

fn public_names(item: &Item) -> Vec<String> {
    let (visibility, name) = match item {
        Item::Const(item) => (&item.vis, &item.ident),
        Item::Enum(item) => (&item.vis, &item.ident),
        Item::Fn(item) => (&item.vis, &item.sig.ident),
        Item::Static(item) => (&item.vis, &item.ident),
        Item::Struct(item) => (&item.vis, &item.ident),
        Item::Trait(item) => (&item.vis, &item.ident),
        Item::Type(item) => (&item.vis, &item.ident),
        Item::Use(item) if is_public(&item.vis) => return used_names(&item.tree),
        // `string_enum! { pub enum Kind { … } }` and its like declare what stands in them.
        Item::Macro(item) if item.ident.is_none() => {
            let declared = item.mac.parse_body::<File>().map(|body| body.items).unwrap_or_default();
            return declared.iter().flat_map(public_names).collect();
        }
        _ => return Vec::new(),
    };
    if is_public(visibility) { vec![name.to_string()] } else { Vec::new() }
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn used_names(tree: &UseTree) -> Vec<String> {
    match tree {
        UseTree::Path(path) => used_names(&path.tree),
        UseTree::Name(name) => vec![name.ident.to_string()],
        UseTree::Rename(renamed) => vec![renamed.rename.to_string()],
        UseTree::Group(group) => group.items.iter().flat_map(used_names).collect(),
        // Which names a glob brings is not to be seen here.
        UseTree::Glob(_) => Vec::new(),
    }
}

fn endpoint(file: &File) -> Result<Option<Endpoint>> {
    let mut found = implementations(file, "Endpoint");
    let Some((type_name, implementation)) = found.next() else { return Ok(None) };
    ensure!(found.next().is_none(), "it holds two endpoints: give each a file of its own");
    let spec = implementation.items.iter().find_map(|item| match item {
        ImplItem::Const(constant) if constant.ident == "SPEC" => Some(&constant.expr),
        _ => None,
    });
    let spec = spec.with_context(|| format!("`impl Endpoint for {type_name}` has no `SPEC`"))?;
    let also = |name| implementations(file, name).any(|(other, _)| other == type_name);
    Ok(Some(Endpoint {
        spec: Spec::parse(spec).with_context(|| format!("the SPEC of {type_name}"))?,
        is_batched: also("Batched"),
        is_paged: also("Paged"),
        type_name: type_name.to_string(),
    }))
}

/// The types of the file that implement the trait of this name.
fn implementations<'f>(file: &'f File, name: &str) -> impl Iterator<Item = (&'f Ident, &'f ItemImpl)> {
    file.items.iter().filter_map(move |item| {
        let Item::Impl(implementation) = item else { return None };
        let (path, _) = implementation.trait_.as_ref()?;
        let Type::Path(own) = &*implementation.self_ty else { return None };
        let is_it = path.segments.last()?.ident == name;
        is_it.then_some((&own.path.segments.last()?.ident, implementation))
    })
}
