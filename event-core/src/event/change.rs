//! The state of something before and after an event.

use super::Group;
use crate::contract::lock::of_alike;
use crate::model::meta::{FieldMeta, GroupMeta, Member, Role};
use crate::value::EventValue;
use crate::value::encode::{Encoder, Fields};
use crate::value::kept::kept;
use crate::value::read::{Object, ReadError};

/// The state of something before and after an event: the fields `before` and `after`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change<S> {
    /// The state before.
    pub before: S,
    /// The state after.
    pub after: S,
}

impl<S: EventValue> Fields for Change<S> {
    fn encode_fields(&self, out: &mut Encoder) {
        self.before.encode_field(",\"before\":", out);
        self.after.encode_field(",\"after\":", out);
    }
}

#[diagnostic::do_not_recommend]
impl<S: EventValue> Group for Change<S> {
    const META: &'static GroupMeta = &GroupMeta::new(
        "Change",
        module_path!(),
        "The state before and after what happened.",
        &[
            Member::Field(
                FieldMeta::new("before", "The state that was.", S::SHAPE).role(Role::Before),
            ),
            Member::Field(
                FieldMeta::new("after", "The state that is.", S::SHAPE).role(Role::After),
            ),
        ],
    )
    .unnamed();

    const FINGERPRINT: u64 = of_alike(Self::META, S::FINGERPRINT);

    const KEPT: () = kept::<S>();

    fn read(object: &mut Object<'_>) -> Result<Self, ReadError> {
        Ok(Self { before: object.read("before")?, after: object.read("after")? })
    }
}
