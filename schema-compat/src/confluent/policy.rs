//! Which differences the registry lets pass.

use super::kind::Kind;

/// The registry's `compatibilityPolicy`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Policy {
    /// The registry's default.
    Strict,
    /// Also passes differences that break only if a writer wrote properties that no schema names.
    Lenient,
}

impl Policy {
    pub(super) fn allows(self, kind: Kind) -> bool {
        self == Self::Lenient
            && matches!(
                kind,
                Kind::AdditionalPropertiesRemoved
                    | Kind::AdditionalPropertiesNarrowed
                    | Kind::UnevaluatedPropertiesRemoved
                    | Kind::UnevaluatedPropertiesNarrowed
                    | Kind::OptionalPropertyAddedToOpenContentModel
                    | Kind::RequiredPropertyWithDefaultAddedToOpenContentModel
                    | Kind::PropertyRemovedFromClosedContentModel
                    | Kind::PropertyAddedNotCoveredByPartiallyOpenContentModel
                    | Kind::PropertyRemovedNotCoveredByPartiallyOpenContentModel
            )
    }
}
