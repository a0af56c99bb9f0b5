//! Reads the values of keywords; an error gives the place of an invalid value.

use super::{Lowering, Place, unreadable};
use crate::decimal::Decimal;
use crate::source::{Unreadable, child};
use serde_json::{Map, Value};
use std::sync::Arc;

impl<'s> Lowering<'_, 's> {
    /// Whether the draft has the keyword.
    pub(super) fn has_keyword(&self, keyword: &str) -> bool {
        self.source.draft.has_keyword(keyword)
    }

    pub(super) fn list(
        &self,
        place: Place<'_, 's>,
        keyword: &str,
    ) -> Result<&'s [Value], Unreadable> {
        match place.get(keyword) {
            Some(Value::Array(items)) => Ok(items),
            _ => Err(unreadable(self.source.side, &child(place.pointer, keyword), "is not a list")),
        }
    }

    pub(super) fn map(
        &self,
        place: Place<'_, 's>,
        keyword: &str,
    ) -> Result<&'s Map<String, Value>, Unreadable> {
        match place.get(keyword) {
            Some(Value::Object(members)) => Ok(members),
            _ => Err(unreadable(
                self.source.side,
                &child(place.pointer, keyword),
                "is not an object",
            )),
        }
    }

    /// A length or a count.
    pub(super) fn count(
        &self,
        place: Place<'_, 's>,
        keyword: &str,
    ) -> Result<Option<u64>, Unreadable> {
        let Some(value) = place.get(keyword) else { return Ok(None) };
        let decimal = value.as_number().and_then(Decimal::from_number);
        let number = decimal.filter(|decimal| decimal.is_integer()).and_then(Decimal::to_number);
        match number.and_then(|number| number.as_u64()) {
            Some(count) => Ok(Some(count)),
            None => Err(unreadable(
                self.source.side,
                &child(place.pointer, keyword),
                "is not a whole number from 0 to 2^64 - 1",
            )),
        }
    }

    pub(super) fn decimal(
        &self,
        place: Place<'_, 's>,
        keyword: &str,
    ) -> Result<Decimal, Unreadable> {
        let number = place.get(keyword).and_then(Value::as_number);
        number.and_then(Decimal::from_number).ok_or_else(|| {
            unreadable(
                self.source.side,
                &child(place.pointer, keyword),
                "is not a number of up to 38 digits",
            )
        })
    }

    pub(super) fn text(&self, place: Place<'_, 's>, keyword: &str) -> Result<&'s str, Unreadable> {
        let text = place.get(keyword).and_then(Value::as_str);
        text.ok_or_else(|| {
            unreadable(self.source.side, &child(place.pointer, keyword), "is not a text")
        })
    }

    /// A list of names with their pointers, without excused names.
    pub(super) fn names(
        &self,
        list: &'s Value,
        at: &str,
    ) -> Result<Vec<(String, Arc<str>)>, Unreadable> {
        let Value::Array(names) = list else {
            return Err(unreadable(self.source.side, at, "is not a list"));
        };
        let mut found = Vec::new();
        for (index, name) in names.iter().enumerate() {
            let at = format!("{at}/{index}");
            let Some(name) = name.as_str() else {
                return Err(unreadable(self.source.side, &at, "is not a text"));
            };
            if !self.excused.pointers.contains(&at) {
                found.push((at, Arc::from(name)));
            }
        }
        Ok(found)
    }
}
