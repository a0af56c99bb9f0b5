//! The differences that break, by the registry's names.
//!
//! Those that it lets pass by any policy (`PROPERTY_REMOVED_FROM_OPEN_CONTENT_MODEL`,
//! `TITLE_CHANGED` ..) are not found in the first place.

use crate::rules::definition::{Rule, rule_of};

/// The differences and their rules, in one order.
macro_rules! kinds {
    ($($kind:ident $name:literal $id:literal $explanation:literal $remedy:literal;)*) => {
        /// A difference that breaks.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Kind {
            $($kind,)*
        }

        /// Every rule of [`Rules::ConfluentStrict`](crate::Rules::ConfluentStrict) and
        /// [`Rules::ConfluentLenient`](crate::Rules::ConfluentLenient): the registry's name
        /// of the difference in our spelling, after `confluent-`.
        pub const CONFLUENT_RULES: &[Rule] = &[$(rule_of!(Wire, Error, $id, $explanation, $remedy),)*];

        impl Kind {
            /// The registry's name.
            pub(super) const fn name(self) -> &'static str {
                match self {
                    $(Self::$kind => $name,)*
                }
            }
        }
    };
}

impl Kind {
    pub(super) fn rule(self) -> &'static Rule {
        &CONFLUENT_RULES[self as usize]
    }
}

kinds! {
    SchemaAdded "SCHEMA_ADDED" "confluent-schema-added"
        "items are described that were not"
        "Describe the items of a list in its first version, if only as `{\"items\": {\"type\": \"object\"}}`.";
    TypeChanged "TYPE_CHANGED" "confluent-type-changed"
        "the type, or the keyword that stands for it, is another one"
        "Keep the type, and add a property of another name with the new one. A list of types may grow: `[\"string\", \"null\"]`.";
    TypeNarrowed "TYPE_NARROWED" "confluent-type-narrowed"
        "numbers have to be whole"
        "Keep `number`, and write whole ones.";
    MinLengthAdded "MIN_LENGTH_ADDED" "confluent-min-length-added"
        "texts have a least length"
        "Keep the old limit in the pushed schema, and hold writers to the new one in code.";
    MinLengthIncreased "MIN_LENGTH_INCREASED" "confluent-min-length-increased"
        "the least length is more"
        "Keep the old limit in the pushed schema, and hold writers to the new one in code.";
    MaxLengthAdded "MAX_LENGTH_ADDED" "confluent-max-length-added"
        "texts have a most length"
        "Keep the old limit in the pushed schema, and hold writers to the new one in code.";
    MaxLengthDecreased "MAX_LENGTH_DECREASED" "confluent-max-length-decreased"
        "the most length is less"
        "Keep the old limit in the pushed schema, and hold writers to the new one in code.";
    PatternAdded "PATTERN_ADDED" "confluent-pattern-added"
        "texts have a pattern"
        "Push without the pattern, and check it where texts are written.";
    PatternChanged "PATTERN_CHANGED" "confluent-pattern-changed"
        "the pattern is written otherwise; whether it means another thing is not looked at"
        "Keep the pattern as it is written, or remove it: that is compatible.";
    MinimumAdded "MINIMUM_ADDED" "confluent-minimum-added"
        "numbers have a minimum"
        "Keep the old limit in the pushed schema, and hold writers to the new one in code.";
    MinimumIncreased "MINIMUM_INCREASED" "confluent-minimum-increased"
        "the minimum is higher"
        "Keep the old limit in the pushed schema, and hold writers to the new one in code.";
    MaximumAdded "MAXIMUM_ADDED" "confluent-maximum-added"
        "numbers have a maximum"
        "Keep the old limit in the pushed schema, and hold writers to the new one in code.";
    MaximumDecreased "MAXIMUM_DECREASED" "confluent-maximum-decreased"
        "the maximum is lower"
        "Keep the old limit in the pushed schema, and hold writers to the new one in code.";
    ExclusiveMinimumAdded "EXCLUSIVE_MINIMUM_ADDED" "confluent-exclusive-minimum-added"
        "numbers have an exclusive minimum"
        "Keep the old limit in the pushed schema, and hold writers to the new one in code.";
    ExclusiveMinimumIncreased "EXCLUSIVE_MINIMUM_INCREASED" "confluent-exclusive-minimum-increased"
        "the exclusive minimum is higher"
        "Keep the old limit in the pushed schema, and hold writers to the new one in code.";
    ExclusiveMaximumAdded "EXCLUSIVE_MAXIMUM_ADDED" "confluent-exclusive-maximum-added"
        "numbers have an exclusive maximum"
        "Keep the old limit in the pushed schema, and hold writers to the new one in code.";
    ExclusiveMaximumDecreased "EXCLUSIVE_MAXIMUM_DECREASED" "confluent-exclusive-maximum-decreased"
        "the exclusive maximum is lower"
        "Keep the old limit in the pushed schema, and hold writers to the new one in code.";
    MultipleOfAdded "MULTIPLE_OF_ADDED" "confluent-multiple-of-added"
        "numbers have a step"
        "Push without the step, and round where numbers are written.";
    MultipleOfExpanded "MULTIPLE_OF_EXPANDED" "confluent-multiple-of-expanded"
        "the step is a multiple of the one before"
        "Keep the finer step, and round where numbers are written.";
    MultipleOfChanged "MULTIPLE_OF_CHANGED" "confluent-multiple-of-changed"
        "neither step is a multiple of the other"
        "Take a step that divides the old one: 5 for 10.";
    RequiredAttributeAdded "REQUIRED_ATTRIBUTE_ADDED" "confluent-required-attribute-added"
        "a property that both versions name is required now, and has no default"
        "Leave it optional, or give it a `default`: the registry then takes it for filled in, which no validator does.";
    RequiredPropertyAddedToOpenContentModel "REQUIRED_PROPERTY_ADDED_TO_OPEN_CONTENT_MODEL" "confluent-required-property-added-to-open-content-model"
        "a required property without a default is added to an open object"
        "Add it as optional. In an open object that is refused too under STRICT: push closed schemas (`--contract write`), or use LENIENT.";
    RequiredPropertyWithDefaultAddedToOpenContentModel "REQUIRED_PROPERTY_WITH_DEFAULT_ADDED_TO_OPEN_CONTENT_MODEL" "confluent-required-property-with-default-added-to-open-content-model"
        "a required property with a default is added to an open object, where anything may have been written under its name"
        "Push closed schemas (`--contract write`), use the policy LENIENT, or give it no schema: `{}`.";
    OptionalPropertyAddedToOpenContentModel "OPTIONAL_PROPERTY_ADDED_TO_OPEN_CONTENT_MODEL" "confluent-optional-property-added-to-open-content-model"
        "an optional property is added to an open object, where anything may have been written under its name"
        "Push closed schemas (`--contract write`), use the policy LENIENT, or give it no schema: `{}`.";
    RequiredPropertyAddedToUnopenContentModel "REQUIRED_PROPERTY_ADDED_TO_UNOPEN_CONTENT_MODEL" "confluent-required-property-added-to-unopen-content-model"
        "a required property without a default is added"
        "Add it as optional, or with a `default`.";
    PropertyRemovedFromClosedContentModel "PROPERTY_REMOVED_FROM_CLOSED_CONTENT_MODEL" "confluent-property-removed-from-closed-content-model"
        "a property is gone, and the object is closed"
        "Keep the property. Under LENIENT it may go.";
    PropertyRemovedNotCoveredByPartiallyOpenContentModel "PROPERTY_REMOVED_NOT_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL" "confluent-property-removed-not-covered-by-partially-open-content-model"
        "a property is gone, and what is said of other properties does not let it pass"
        "Keep the property, or let `additionalProperties` take its type.";
    PropertyAddedNotCoveredByPartiallyOpenContentModel "PROPERTY_ADDED_NOT_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL" "confluent-property-added-not-covered-by-partially-open-content-model"
        "a property is added that was written as another type among other properties"
        "Give it the type that `additionalProperties` had, or a name that no pattern fits.";
    AdditionalPropertiesRemoved "ADDITIONAL_PROPERTIES_REMOVED" "confluent-additional-properties-removed"
        "an object that was open is closed"
        "Leave it as open as it was. Under LENIENT it may be closed.";
    AdditionalPropertiesNarrowed "ADDITIONAL_PROPERTIES_NARROWED" "confluent-additional-properties-narrowed"
        "other properties have a schema now"
        "Leave other properties without a schema. Under LENIENT they may have one.";
    UnevaluatedPropertiesRemoved "UNEVALUATED_PROPERTIES_REMOVED" "confluent-unevaluated-properties-removed"
        "an object that was open is closed by `unevaluatedProperties`"
        "Leave it as open as it was. Under LENIENT it may be closed.";
    UnevaluatedPropertiesNarrowed "UNEVALUATED_PROPERTIES_NARROWED" "confluent-unevaluated-properties-narrowed"
        "unevaluated properties have a schema now"
        "Leave them without a schema. Under LENIENT they may have one.";
    MinPropertiesAdded "MIN_PROPERTIES_ADDED" "confluent-min-properties-added"
        "objects have a least number of properties"
        "Keep the old limit in the pushed schema, and hold writers to the new one in code.";
    MinPropertiesIncreased "MIN_PROPERTIES_INCREASED" "confluent-min-properties-increased"
        "the least number of properties is higher"
        "Keep the old limit in the pushed schema, and hold writers to the new one in code.";
    MaxPropertiesAdded "MAX_PROPERTIES_ADDED" "confluent-max-properties-added"
        "objects have a most number of properties"
        "Keep the old limit in the pushed schema, and hold writers to the new one in code.";
    MaxPropertiesDecreased "MAX_PROPERTIES_DECREASED" "confluent-max-properties-decreased"
        "the most number of properties is lower"
        "Keep the old limit in the pushed schema, and hold writers to the new one in code.";
    DependencyArrayAdded "DEPENDENCY_ARRAY_ADDED" "confluent-dependency-array-added"
        "a property needs others now"
        "Leave the dependency out of the pushed schema, and have writers write both.";
    DependencyArrayExtended "DEPENDENCY_ARRAY_EXTENDED" "confluent-dependency-array-extended"
        "a property needs more others"
        "Leave the dependency out of the pushed schema, and have writers write both.";
    DependencyArrayChanged "DEPENDENCY_ARRAY_CHANGED" "confluent-dependency-array-changed"
        "a property needs other ones than before"
        "Leave the dependency out of the pushed schema, and have writers write both.";
    DependencySchemaAdded "DEPENDENCY_SCHEMA_ADDED" "confluent-dependency-schema-added"
        "a property comes with a schema for the whole object"
        "Leave the dependency out of the pushed schema, and have writers write both.";
    AdditionalItemsRemoved "ADDITIONAL_ITEMS_REMOVED" "confluent-additional-items-removed"
        "a list that was open is closed"
        "Leave it as open as it was.";
    AdditionalItemsNarrowed "ADDITIONAL_ITEMS_NARROWED" "confluent-additional-items-narrowed"
        "further items have a schema now"
        "Leave further items without a schema.";
    UnevaluatedItemsRemoved "UNEVALUATED_ITEMS_REMOVED" "confluent-unevaluated-items-removed"
        "`unevaluatedItems` closes a list that was open"
        "Leave the list as open as it was.";
    UnevaluatedItemsNarrowed "UNEVALUATED_ITEMS_NARROWED" "confluent-unevaluated-items-narrowed"
        "`unevaluatedItems` has a schema that it did not have before"
        "Leave `unevaluatedItems` without a schema, and check further items in code.";
    MinContainsAdded "MIN_CONTAINS_ADDED" "confluent-min-contains-added"
        "`minContains` is new"
        "Push without `minContains`, and count the items in code where lists are written.";
    MinContainsIncreased "MIN_CONTAINS_INCREASED" "confluent-min-contains-increased"
        "`minContains` is higher"
        "Keep the old limit in the pushed schema, and enforce the new limit in code where lists are written.";
    MaxContainsAdded "MAX_CONTAINS_ADDED" "confluent-max-contains-added"
        "`maxContains` is new"
        "Push without `maxContains`, and count the items in code where lists are written.";
    MaxContainsDecreased "MAX_CONTAINS_DECREASED" "confluent-max-contains-decreased"
        "`maxContains` is lower"
        "Keep the old limit in the pushed schema, and enforce the new limit in code where lists are written.";
    MinItemsAdded "MIN_ITEMS_ADDED" "confluent-min-items-added"
        "lists have a least length"
        "Keep the old limit in the pushed schema, and hold writers to the new one in code.";
    MinItemsIncreased "MIN_ITEMS_INCREASED" "confluent-min-items-increased"
        "the least length of lists is more"
        "Keep the old limit in the pushed schema, and hold writers to the new one in code.";
    MaxItemsAdded "MAX_ITEMS_ADDED" "confluent-max-items-added"
        "lists have a most length"
        "Keep the old limit in the pushed schema, and hold writers to the new one in code.";
    MaxItemsDecreased "MAX_ITEMS_DECREASED" "confluent-max-items-decreased"
        "the most length of lists is less"
        "Keep the old limit in the pushed schema, and hold writers to the new one in code.";
    UniqueItemsAdded "UNIQUE_ITEMS_ADDED" "confluent-unique-items-added"
        "items may not repeat now"
        "Push without `uniqueItems`, and remove repetitions where lists are written.";
    ItemAddedToOpenContentModel "ITEM_ADDED_TO_OPEN_CONTENT_MODEL" "confluent-item-added-to-open-content-model"
        "a place is described in an open list, where anything may have been written"
        "Close the list in its first version, or give the place no schema: `{}`.";
    ItemRemovedFromClosedContentModel "ITEM_REMOVED_FROM_CLOSED_CONTENT_MODEL" "confluent-item-removed-from-closed-content-model"
        "a place is gone, and the list is closed"
        "Keep the place.";
    ItemRemovedNotCoveredByPartiallyOpenContentModel "ITEM_REMOVED_NOT_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL" "confluent-item-removed-not-covered-by-partially-open-content-model"
        "a place is gone, and what is said of further items does not let it pass"
        "Keep the place, or let `additionalItems` take its type.";
    ItemAddedNotCoveredByPartiallyOpenContentModel "ITEM_ADDED_NOT_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL" "confluent-item-added-not-covered-by-partially-open-content-model"
        "a place is described that was written as another type among further items"
        "Give it the type that `additionalItems` had.";
    EnumArrayNarrowed "ENUM_ARRAY_NARROWED" "confluent-enum-array-narrowed"
        "values are gone"
        "Keep the values, and stop writing them.";
    EnumArrayChanged "ENUM_ARRAY_CHANGED" "confluent-enum-array-changed"
        "values are gone, and others came"
        "Keep the old values beside the new ones.";
    ConstChanged "CONST_CHANGED" "confluent-const-changed"
        "the one value is another one"
        "Take an `enum` from the first version on: it may grow.";
    CombinedTypeChanged "COMBINED_TYPE_CHANGED" "confluent-combined-type-changed"
        "schemas are joined otherwise, and not by `anyOf`"
        "Keep the keyword, or change it to `anyOf`.";
    ProductTypeExtended "PRODUCT_TYPE_EXTENDED" "confluent-product-type-extended"
        "an `allOf` has more schemas"
        "Keep the schemas, and check what is new in code.";
    SumTypeNarrowed "SUM_TYPE_NARROWED" "confluent-sum-type-narrowed"
        "alternatives are gone"
        "Keep the alternatives, and stop writing them.";
    CombinedTypeSubschemasChanged "COMBINED_TYPE_SUBSCHEMAS_CHANGED" "confluent-combined-type-subschemas-changed"
        "not every schema goes with another one that is compatible"
        "Change alternatives only in compatible ways; add others beside them.";
    NotTypeExtended "NOT_TYPE_EXTENDED" "confluent-not-type-extended"
        "more is excluded"
        "Exclude no more than before; check the rest in code.";
}
