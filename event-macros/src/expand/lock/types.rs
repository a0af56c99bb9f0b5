//! The lock check of a type or a group: a constant that is evaluated where a locked event reaches
//! it.

use super::forms::forms;
use crate::ast::{Field, Group, Head, Value, ValueBody, Variant, VariantBody};
use crate::expand::head::made_static;
use crate::expand::krate::Krate;
use crate::expand::value::prepared;
use crate::expand::{assertion, number};
use crate::lock::{Contract, TypeUse};
use event_grammar::fingerprint::{self, Named};
use event_grammar::form::{self, Kind};
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use std::collections::BTreeSet;
use syn::Attribute;

/// The checks of a type's members, under construction.
struct Checks<'c> {
    head: &'c Head,
    uses: Vec<&'c TypeUse>,
    contract: &'c Contract,
    krate: &'c Krate,
    tokens: TokenStream,
    /// For each member: the fingerprint of its words, and its fingerprint in each form.
    numbers: Vec<u64>,
    /// The number of members so far.
    count: usize,
    /// The names of the members that are fields, each with a line break behind it.
    names: String,
}

/// `const KEPT` of a value type; empty without a lock.
pub(in crate::expand) fn value_kept(
    value: &Value,
    contract: &Contract,
    krate: &Krate,
) -> TokenStream {
    if !contract.is_read() || value.head.shell {
        return TokenStream::new();
    }
    let mut checks = Checks::of(&value.head, contract, krate);
    match &value.body {
        ValueBody::Struct(fields) => {
            for own in &prepared(fields, value) {
                checks.field(own, value.skip_none);
            }
        }
        ValueBody::Newtype { ty, recursive, held, .. } => {
            if !checks.uses.is_empty() {
                checks.call(&[], ty, None, "assert_inner_kept", &TokenStream::new());
            }
            let nth = checks.member(&[String::new()], 0);
            if !*recursive && !held.is_masked() {
                checks.within(&[], ty, &[String::new()], nth);
            }
        }
        ValueBody::Enum(variants) => {
            for variant in variants {
                checks.variant(value, variant);
            }
        }
    }
    let private = krate.private();
    let of = quote!(#private::TypeKept::of_type);
    checks.finish(
        &of,
        &quote!(<Self as #krate::EventValue>::SHAPE, <Self as #krate::EventValue>::FINGERPRINT),
    )
}

/// `const KEPT` of a group; empty without a lock.
pub(in crate::expand) fn group_kept(
    group: &Group,
    contract: &Contract,
    krate: &Krate,
) -> TokenStream {
    if !contract.is_read() || group.head.shell {
        return TokenStream::new();
    }
    let mut checks = Checks::of(&group.head, contract, krate);
    for own in &group.fields {
        if own.is_flattened() {
            // The group has an index among the members of the descriptor, where fields are looked
            // up.
            checks.member(&[String::new()], 0);
            checks.names.push('\n');
            let ty = made_static(own.ty.to_token_stream(), &group.head);
            checks.call(&own.cfgs(), &own.ty, Some(&ty), "ask_group", &TokenStream::new());
        } else {
            checks.field(own, group.skip_none);
        }
    }
    let private = krate.private();
    let of = quote!(#private::TypeKept::of_group);
    checks.finish(&of, &quote!(<Self as #krate::Group>::META, <Self as #krate::Group>::FINGERPRINT))
}

impl<'c> Checks<'c> {
    fn of(head: &'c Head, contract: &'c Contract, krate: &'c Krate) -> Self {
        let name = head.name();
        let uses = contract.uses().map(|uses| uses.named(&name).collect()).unwrap_or_default();
        Self {
            head,
            uses,
            contract,
            krate,
            tokens: TokenStream::new(),
            numbers: Vec::new(),
            count: 0,
            names: String::new(),
        }
    }

    /// The checks that are not about a field or a variant, at the type's name.
    fn whole(&mut self, function: &str) {
        if !self.uses.is_empty() {
            self.call(&[], &self.head.ident, None, function, &TokenStream::new());
        }
    }

    /// The assertion for a field, and the assertion for its type.
    fn field(&mut self, own: &Field, skip_none: bool) {
        let (name, names) = (&own.name, all_names(&own.name, &own.aliases));
        let nth = self.member(&names, number::words(own));
        self.names.push_str(name);
        self.names.push('\n');
        if self.is_unchanged(own, nth, skip_none) {
            return;
        }
        let has_names = number::is_asked_itself(own) && self.has_names(&own.ty, &names);
        match (self.uses.is_empty(), has_names) {
            (true, true) => self.within(&own.cfgs(), &own.ty, &names, nth),
            (true, false) => {}
            (false, true) => {
                let foreign = self.foreign(&names);
                let of_type = made_static(own.ty.to_token_stream(), self.head);
                let rest = quote!(, #name, #nth, #foreign);
                self.call(&own.cfgs(), &own.ty, Some(&of_type), "assert_value_member_kept", &rest);
            }
            (false, false) => {
                self.call(&own.cfgs(), &own.ty, None, "assert_member_kept", &quote!(, #name, #nth));
            }
        }
    }

    /// Whether a field of a built-in type has the same form in every locked form. The assertion of
    /// the type as a whole covers such a field: a call per field would be most of the cost of an
    /// unchanged catalog.
    fn is_unchanged(&self, own: &Field, nth: usize, skip_none: bool) -> bool {
        let size = self.uses.len() + 1;
        let Some([_, numbers @ ..]) = self.numbers.get(nth * size..(nth + 1) * size) else {
            return false;
        };
        let number = number::plain_number(own, skip_none);
        !numbers.is_empty() && numbers.iter().all(|known| Some(*known) == number)
    }

    fn variant(&mut self, value: &Value, variant: &Variant) {
        let (cfgs, name) = (crate::ast::cfgs(&variant.attrs), &variant.name);
        if !self.uses.is_empty() {
            self.call(&cfgs, &variant.ident, None, "assert_variant_kept", &quote!(, #name));
        }
        match &variant.body {
            VariantBody::Unit => {}
            VariantBody::Newtype(ty) if crate::parse::mentions(ty, &value.head.ident) => {}
            VariantBody::Newtype(ty) => {
                let names = all_names(name, &variant.aliases);
                let nth = self.member(&names, 0);
                if !variant.held.is_masked() {
                    self.within(&cfgs, ty, &names, nth);
                }
            }
            VariantBody::Struct(fields) => {
                for own in &prepared(fields, value) {
                    self.variant_field(&cfgs, own, &all_names(name, &variant.aliases));
                }
            }
        }
    }

    fn variant_field(&mut self, cfgs: &[&Attribute], own: &Field, variants: &[String]) {
        let cfgs: Vec<&Attribute> = cfgs.iter().copied().chain(own.cfgs()).collect();
        let (name, variant, names) = (&own.name, &variants[0], all_names(&own.name, &own.aliases));
        let members: Vec<String> = variants
            .iter()
            .flat_map(|variant| names.iter().map(move |name| format!("{variant}.{name}")))
            .collect();
        let nth = self.member(&members, number::words(own));
        if !self.uses.is_empty() {
            self.call(
                &cfgs,
                &own.ty,
                None,
                "assert_variant_field_kept",
                &quote!(, #variant, #name),
            );
        }
        if number::is_asked_itself(own) {
            self.within(&cfgs, &own.ty, &members, nth);
        }
    }

    /// Adds a member with its names and aliases, and returns its index.
    fn member(&mut self, names: &[String], words: u64) -> usize {
        if !self.uses.is_empty() {
            self.numbers.push(words);
            self.numbers.extend(self.uses.iter().map(|one| number_of_any(&one.form, names)));
        }
        self.count += 1;
        self.count - 1
    }

    /// Whether a member may have a named type that needs a check: if the lock has one there. For a
    /// type that is not in the lock, every member may have one.
    fn has_names(&self, ty: &syn::Type, names: &[String]) -> bool {
        if self.uses.is_empty() {
            return number::plain_form(ty).is_none();
        }
        self.uses.iter().any(|one| has_names(&one.form, names))
    }

    /// Checks the type of a member.
    fn within(&mut self, cfgs: &[&Attribute], ty: &syn::Type, names: &[String], nth: usize) {
        if !self.has_names(ty, names) {
            return;
        }
        let foreign = self.foreign(names);
        let of_type = made_static(ty.to_token_stream(), self.head);
        self.call(cfgs, ty, Some(&of_type), "assert_within_kept", &quote!(, #nth, #foreign));
    }

    /// The types of other packages for which a member is responsible.
    fn foreign(&self, names: &[String]) -> TokenStream {
        let spoken = self.uses.iter().map(|one| one.path.as_str()).collect::<BTreeSet<_>>();
        let uses = self.contract.uses();
        let members = spoken.iter().flat_map(|path| names.iter().map(move |name| (path, name)));
        let foreign = members.flat_map(|(path, name)| {
            uses.map(|uses| uses.of_type_member(path, name)).unwrap_or_default()
        });
        forms(foreign, self.contract, self.krate)
    }

    /// A call whose failure is reported from the first of `tokens` to the last.
    fn call(
        &mut self,
        cfgs: &[&Attribute],
        tokens: &impl ToTokens,
        of_type: Option<&TokenStream>,
        function: &str,
        rest: &TokenStream,
    ) {
        let call = assertion::call(tokens, of_type, self.krate, function, &quote!(&kept #rest));
        self.tokens.extend(quote!(#(#cfgs)* #call;));
    }

    fn finish(mut self, of: &TokenStream, declared: &TokenStream) -> TokenStream {
        self.whole("assert_type_kept");
        let (forms, command) =
            (forms(self.uses.iter().copied(), self.contract, self.krate), self.contract.command());
        let (tokens, numbers) = (self.tokens, self.numbers);
        let names = self.names;
        if tokens.is_empty() {
            return TokenStream::new();
        }
        quote! {
            #[allow(long_running_const_eval)]
            const KEPT: () = {
                let kept = #of(#declared, #forms, &[#(#numbers),*], #names, #command);
                #tokens
            };
        }
    }
}

/// A name and its aliases.
fn all_names(name: &str, aliases: &[syn::LitStr]) -> Vec<String> {
    std::iter::once(name.to_owned()).chain(aliases.iter().map(syn::LitStr::value)).collect()
}

/// The fingerprint of a member under its name, which is the first; 1 if the form has it only under
/// an alias, because then it needs a comparison.
fn number_of_any(written: &str, names: &[String]) -> u64 {
    match number_of(written, &names[0]) {
        0 => u64::from(names[1..].iter().any(|name| number_of(written, name) != 0)),
        number => number,
    }
}

/// The fingerprint of a member of a form, where a named type counts by its name. The member is a
/// field, a variant, or a field of a variant; 0 if there is none.
fn number_of(written: &str, member: &str) -> u64 {
    let by_name = |path: &str| Named { number: fingerprint::of_path(path), is_optional: false };
    let is =
        |name, wanted: &str| form::unquoted(str::from_utf8(name).unwrap_or_default()) == wanted;
    let in_list = |list, wanted: &str| {
        form::members(list)
            .find(|known| is(known.name, wanted))
            .map_or(0, |known| fingerprint::of_member(&known, &by_name))
    };
    match form::kind(written.as_bytes()) {
        Kind::Object(list) | Kind::Group(list) => in_list(list, member),
        Kind::Enum(_, list) => {
            let (variant, field) = member.split_once('.').unwrap_or((member, ""));
            match form::variants(list).find(|known| is(known.name, variant)).map(|known| known.form)
            {
                Some([b'{', list @ .., b'}']) => in_list(list, field),
                // The variant has content, which is compared.
                Some(_) => 1,
                None => 0,
            }
        }
        _ => 1,
    }
}

/// Whether a member of a form has a named type in it.
fn has_names(written: &str, names: &[String]) -> bool {
    crate::lock::members_of(written)
        .iter()
        .any(|(name, paths)| names.contains(name) && !paths.is_empty())
}
