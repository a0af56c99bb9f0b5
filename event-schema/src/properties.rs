//! Schemas of objects with declared fields.

pub(crate) use crate::annotation::FieldSource;

use crate::annotation;
use crate::compiler::{Compiler, Described};
use crate::error::SchemaErrorKind;
use crate::json::Json;
use crate::keywords::Keywords;
use crate::options::Contract;
use event_core::mask;
use event_core::meta::{FieldMeta, Sensitivity};

/// The properties of an object under construction.
pub(crate) struct Properties {
    members: Vec<(String, Json)>,
    required: Vec<String>,
    /// Groups of keys; one key of each group is required.
    alternatives: Vec<Vec<&'static str>>,
}

impl Properties {
    pub(crate) const fn new() -> Self {
        Self { members: Vec::new(), required: Vec::new(), alternatives: Vec::new() }
    }

    pub(crate) fn add(&mut self, key: &str, schema: Keywords, required: bool) -> Described<()> {
        if self.has(key) {
            return Err(SchemaErrorKind::DuplicateKey { key: key.to_owned() });
        }
        self.members.push((key.to_owned(), schema.into()));
        if required {
            self.required.push(key.to_owned());
        }
        Ok(())
    }

    fn has(&self, key: &str) -> bool {
        self.members.iter().any(|(known, _)| known == key)
    }

    /// The object: open for a reader, else closed.
    pub(crate) fn into_object(mut self, contract: Contract) -> Keywords {
        self.required.sort_unstable();
        let mut object = Keywords::of_type("object");
        if !self.members.is_empty() {
            object.set("properties", Json::Object(self.members));
        }
        if !self.required.is_empty() {
            object.set("required", Json::texts(self.required.iter().map(String::as_str)));
        }
        if contract.is_closed() {
            object.set("additionalProperties", false);
        }
        let mut alternatives =
            self.alternatives.into_iter().map(|keys| one_of_keys(&keys)).collect::<Vec<_>>();
        match alternatives.len() {
            0 => object,
            1 => object.with("anyOf", alternatives.remove(0)),
            _ => {
                let all = alternatives
                    .into_iter()
                    .map(|branches| Keywords::new().with("anyOf", branches));
                object.with_schemas("allOf", all)
            }
        }
    }
}

/// One branch per key. Each branch repeats the property, because ajv's strict mode requires the
/// definition of a required key beside it.
fn one_of_keys(keys: &[&str]) -> Json {
    let branch = |key: &&str| {
        let property = Json::Object(vec![((*key).to_owned(), Keywords::new().into())]);
        Keywords::new().with("properties", property).with("required", Json::texts([*key])).into()
    };
    Json::List(keys.iter().map(branch).collect())
}

impl Compiler {
    /// Adds the fields of a nested object.
    pub(crate) fn add_fields(
        &mut self,
        fields: &'static [FieldMeta],
        properties: &mut Properties,
    ) -> Described<()> {
        fields.iter().try_for_each(|field| self.add_field(field, FieldSource::Payload, properties))
    }

    /// Adds a field; for a reader also its aliases.
    pub(crate) fn add_field(
        &mut self,
        field: &'static FieldMeta,
        source: FieldSource,
        properties: &mut Properties,
    ) -> Described<()> {
        if field.sensitivity == Some(Sensitivity::Drop) {
            return Ok(());
        }
        let shape = if self.is_write() { field.written_shape() } else { field.shape };
        let bare = self.value(shape, field.finite, field.sensitivity)?;
        let schema = self.with_remarks(bare.clone(), field, source)?;
        if self.is_write() {
            let always = !matches!(source, FieldSource::OptionalContext | FieldSource::Wide);
            return properties.add(field.name, schema, always && field.always_written());
        }
        // A reader requires the event's own fields. It does not require fields of the context or of
        // a contribution that may be missing.
        let required = field.required() && source == FieldSource::Payload;
        // In a line, a key of the record is not an alias of a field.
        let aliases: Vec<&str> =
            field.aliases.iter().copied().filter(|alias| !properties.has(alias)).collect();
        properties.add(field.name, schema, required && aliases.is_empty())?;
        for alias in &aliases {
            let words = format!("Read as `{}`.", field.name);
            properties.add(
                alias,
                bare.clone().without_bare_ref().with("description", words),
                false,
            )?;
        }
        if required && !aliases.is_empty() {
            properties.alternatives.push([field.name].into_iter().chain(aliases).collect());
        }
        Ok(())
    }

    fn with_remarks(&self, schema: Keywords, field: &FieldMeta, source: FieldSource) -> Described {
        // An example is a value before the mask, which no writer writes.
        let is_written_so = !self.is_write() || field.sensitivity.and_then(mask::output).is_none();
        let examples = field
            .example
            .filter(|_| is_written_so)
            .map(|text| example(field.name, text))
            .transpose()?;
        let annotation =
            if self.options.annotations { annotation::of_field(field, source) } else { None };
        if field.docs.trim().is_empty() && examples.is_none() && annotation.is_none() {
            return Ok(schema);
        }
        let schema = schema.without_bare_ref().with_text("description", field.docs);
        Ok(schema.with_some("examples", examples).with_some("x-event", annotation))
    }
}

fn example(field: &str, text: &str) -> Described<Json> {
    let value = serde_json::from_str::<serde_json::Value>(text);
    let value = value.map_err(|_| SchemaErrorKind::Example { field: field.to_owned() })?;
    Ok(Json::List(vec![value.into()]))
}
