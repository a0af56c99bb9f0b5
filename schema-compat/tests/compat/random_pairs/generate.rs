//! Random schemas of a draft, and pairs of them.

use super::dialect::{Draft, KEYWORDS, Keyword, Sort, Theme};
use crate::circles::runs_in_a_circle;
use crate::random::{NAMES, PATTERNS, places};
use crate::rng::Rng;
use serde_json::{Map, Value, json};

const DEPTH: usize = 3;
const TYPES: [&str; 7] = ["null", "boolean", "integer", "number", "string", "array", "object"];
const THEMES: [Theme; 8] = [
    Theme::Objects,
    Theme::Objects,
    Theme::Objects,
    Theme::Lists,
    Theme::Texts,
    Theme::Numbers,
    Theme::Any,
    Theme::Any,
];

pub(crate) struct Generator {
    pub(crate) rng: Rng,
    draft: Draft,
}

impl Generator {
    pub(crate) const fn new(draft: Draft, seed: u64) -> Self {
        Self { rng: Rng::new(seed), draft }
    }

    /// Two schemas; nine in ten differ at one place.
    pub(crate) fn pair(&mut self) -> (Value, Value) {
        loop {
            let old = self.schema();
            let new = if self.rng.percent(90) { self.neighbour(&old) } else { self.schema() };
            // What refers to itself in place has no meaning, and the judge does not end on it.
            let is_judged = |schema| !runs_in_a_circle(schema) && !self.is_misjudged(schema);
            if old != new && is_judged(&old) && is_judged(&new) {
                return if self.rng.percent(50) { (old, new) } else { (new, old) };
            }
        }
    }

    /// `contains` evaluates items since 2020-12. The judge has it do so in 2019-09, against section
    /// 9.3.1.3 there.
    fn is_misjudged(&self, schema: &Value) -> bool {
        let text = schema.to_string();
        self.draft == Draft::V2019
            && text.contains("\"contains\"")
            && text.contains("\"unevaluatedItems\"")
    }

    fn schema(&mut self) -> Value {
        let depth = 1 + self.rng.below(DEPTH);
        let mut root = self.object(depth);
        let (mut named, mut other) = (self.object(depth - 1), self.object(depth - 1));
        let (keyword, prefix) = self.draft.anchor();
        // A name beside a reference would not count.
        named.as_object_mut().unwrap().remove("$ref");
        named[keyword] = json!(format!("{prefix}b"));
        other["title"] = json!("the other one");
        root["$schema"] = json!(self.draft.uri());
        root[self.draft.definitions()] = json!({"a": other, "b": named});
        root
    }

    fn object(&mut self, depth: usize) -> Value {
        loop {
            let made = self.part(depth);
            if made.is_object() {
                return made;
            }
        }
    }

    fn neighbour(&mut self, old: &Value) -> Value {
        let mut found = vec![String::new()];
        places(old, "", &mut found);
        if !old.to_string().contains("\"$ref\"") {
            // A definition that nothing refers to means nothing.
            found.retain(|place| !place.starts_with(&format!("/{}", self.draft.definitions())));
        }
        let mut new = old.clone();
        let place = self.rng.pick(&found).clone();
        let depth = DEPTH.saturating_sub(place.matches('/').count() / 2);
        let whole = self.part(depth);
        let Some(target) = new.pointer_mut(&place) else { return new };
        match target.as_object_mut() {
            // The definitions keep their names.
            Some(members)
                if place.is_empty()
                    || members.contains_key(self.draft.anchor().0)
                    || self.rng.percent(70) =>
            {
                self.tweak(members, depth);
            }
            _ => *target = whole,
        }
        new
    }

    /// One keyword more, less, or of another value.
    fn tweak(&mut self, members: &mut Map<String, Value>, depth: usize) {
        let kept = ["$schema", "$defs", "definitions", "id", "$id", "$anchor", "title"];
        let names: Vec<String> =
            members.keys().filter(|name| !kept.contains(&name.as_str())).cloned().collect();
        let chosen =
            (!names.is_empty() && self.rng.percent(75)).then(|| self.rng.pick(&names).clone());
        let Some(name) = chosen else {
            let theme = *self.rng.pick(&THEMES);
            return self.add(members, theme, depth);
        };
        if name == "type" {
            members.insert(name, self.types());
        } else if self.rng.percent(35) {
            members.remove(&name);
        } else if let Some(keyword) =
            KEYWORDS.iter().find(|known| known.name == name && known.is_in(self.draft))
        {
            let value = self.value(keyword, depth);
            members.insert(name, value);
        }
        self.complete(members, depth);
    }

    fn part(&mut self, depth: usize) -> Value {
        if self.draft.has_boolean_schemas() && self.rng.percent(if depth == 0 { 25 } else { 4 }) {
            return json!(self.rng.percent(60));
        }
        let theme = *self.rng.pick(&THEMES);
        let mut members = Map::new();
        if self.rng.percent(if theme == Theme::Any { 25 } else { 70 }) {
            members.insert("type".to_owned(), self.types_of(theme));
        }
        for _ in 0..=self.rng.below(3) {
            self.add(&mut members, theme, depth);
        }
        if self.rng.percent(15) {
            let another = *self.rng.pick(&THEMES);
            self.add(&mut members, another, depth);
        }
        Value::Object(members)
    }

    fn types(&mut self) -> Value {
        if self.rng.percent(70) {
            return json!(self.rng.pick(&TYPES));
        }
        let mut several: Vec<&str> = TYPES.into_iter().filter(|_| self.rng.percent(45)).collect();
        several.push("null");
        several.sort_unstable();
        several.dedup();
        json!(several)
    }

    fn types_of(&mut self, theme: Theme) -> Value {
        let main = match theme {
            Theme::Objects => "object",
            Theme::Lists => "array",
            Theme::Texts => "string",
            Theme::Numbers if self.rng.percent(50) => "integer",
            Theme::Numbers => "number",
            Theme::Any => return self.types(),
        };
        if self.rng.percent(25) {
            json!([main, if main == "string" { "integer" } else { "string" }])
        } else {
            json!(main)
        }
    }

    fn add(&mut self, members: &mut Map<String, Value>, theme: Theme, depth: usize) {
        let known: Vec<&Keyword> = KEYWORDS
            .iter()
            .filter(|keyword| keyword.theme == theme && keyword.is_in(self.draft))
            .flat_map(|keyword| std::iter::repeat_n(keyword, keyword.weight))
            .collect();
        let keyword = *self.rng.pick(&known);
        let value = self.value(keyword, depth);
        members.insert(keyword.name.to_owned(), value);
        self.complete(members, depth);
    }

    /// Adds what a keyword means nothing without.
    fn complete(&mut self, members: &mut Map<String, Value>, depth: usize) {
        if members.contains_key("if")
            && !members.contains_key("then")
            && !members.contains_key("else")
        {
            for branch in ["then", "else"] {
                if self.rng.percent(70) {
                    members.insert(branch.to_owned(), self.inner(depth));
                }
            }
        }
        for (exclusive, bound) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")]
        {
            if members.get(exclusive).is_some_and(Value::is_boolean) && !members.contains_key(bound)
            {
                members.insert(bound.to_owned(), self.number());
            }
        }
        let counts_matches =
            members.contains_key("minContains") || members.contains_key("maxContains");
        if counts_matches && !members.contains_key("contains") {
            members.insert("contains".to_owned(), self.inner(depth));
        }
        if members.contains_key("additionalItems") && !members.contains_key("items") {
            members.insert("items".to_owned(), self.several(depth));
        }
    }

    fn inner(&mut self, depth: usize) -> Value {
        if depth > 0 {
            return self.part(depth - 1);
        }
        if self.draft.has_boolean_schemas() && self.rng.percent(20) {
            return json!(self.rng.percent(60));
        }
        json!({"type": self.types()})
    }

    fn several(&mut self, depth: usize) -> Value {
        (0..=self.rng.below(3)).map(|_| self.inner(depth)).collect()
    }

    fn number(&mut self) -> Value {
        self.rng
            .pick(&[json!(-2), json!(0), json!(0.5), json!(1), json!(2), json!(3), json!(10)])
            .clone()
    }

    fn names(&mut self) -> Value {
        let mut names: Vec<&str> = NAMES.into_iter().filter(|_| self.rng.percent(35)).collect();
        if names.is_empty() {
            // Draft 04 asks for one at least.
            names.push(*self.rng.pick(&NAMES));
        }
        json!(names)
    }

    fn by_name(&mut self, mut of: impl FnMut(&mut Self) -> Value) -> Value {
        let count = 1 + self.rng.below(3);
        (0..count)
            .map(|_| (self.rng.pick(&NAMES).to_string(), of(self)))
            .collect::<Map<_, _>>()
            .into()
    }

    pub(crate) fn scalar(&mut self) -> Value {
        let texts = ["", "a", "b", "ab", "abc", "type", "x", "é"];
        match self.rng.below(8) {
            0 => json!(null),
            1 => json!(self.rng.percent(50)),
            2 => self.number(),
            3 => json!(self.rng.pick(&[0.5, 2.5, -1.5])),
            4 => json!(self.rng.below(5)),
            _ => json!(self.rng.pick(&texts)),
        }
    }

    fn scalars(&mut self) -> Value {
        let mut all: Vec<Value> = (0..=self.rng.below(4)).map(|_| self.scalar()).collect();
        all.sort_by_key(ToString::to_string);
        all.dedup();
        all.into()
    }

    fn constant(&mut self) -> Value {
        match self.rng.below(5) {
            0 => json!([self.scalar()]),
            1 => json!({*self.rng.pick(&NAMES): self.scalar()}),
            _ => self.scalar(),
        }
    }

    fn reference(&mut self) -> Value {
        let definitions = self.draft.definitions();
        let pointer = match self.rng.below(4) {
            0 => "#".to_owned(),
            1 => "#b".to_owned(),
            2 => format!("#/{definitions}/b"),
            _ => format!("#/{definitions}/a"),
        };
        json!(pointer)
    }

    fn value(&mut self, keyword: &Keyword, depth: usize) -> Value {
        match keyword.sort {
            Sort::Exclusive if self.draft == Draft::V4 => json!(self.rng.percent(70)),
            Sort::Number | Sort::Exclusive => self.number(),
            Sort::Step => self.rng.pick(&[json!(1), json!(2), json!(0.5), json!(3)]).clone(),
            Sort::Count => json!(self.rng.below(4)),
            Sort::Pattern => json!(self.rng.pick(&PATTERNS)),
            Sort::Bool => json!(self.rng.percent(80)),
            Sort::Names => self.names(),
            Sort::Scalars => self.scalars(),
            Sort::Constant => self.constant(),
            Sort::Others if self.rng.percent(50) => json!(false),
            Sort::SchemaOrTuple if self.rng.percent(35) => self.several(depth),
            Sort::Schema | Sort::Others | Sort::SchemaOrTuple => self.inner(depth),
            Sort::Schemas => self.several(depth),
            Sort::ByName => self.by_name(|this| this.inner(depth)),
            Sort::ByPattern => {
                let pattern = *self.rng.pick(&PATTERNS);
                json!({pattern: self.inner(depth)})
            }
            Sort::NamesByName => self.by_name(Self::names),
            Sort::Dependencies => {
                self.by_name(
                    |this| if this.rng.percent(50) { this.names() } else { this.inner(depth) },
                )
            }
            Sort::Reference => self.reference(),
        }
    }
}
