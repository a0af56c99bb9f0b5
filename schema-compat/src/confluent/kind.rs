//! The breaking differences, with the registry's names.
//!
//! Differences that pass under every policy (`PROPERTY_REMOVED_FROM_OPEN_CONTENT_MODEL`,
//! `TITLE_CHANGED` ..) are not looked for.

use crate::rules::definition::{Rule, rule_of};

/// The differences and their rules.
macro_rules! kinds {
    ($($kind:ident $name:literal $id:literal $explanation:literal $remedy:literal;)*) => {
        /// A breaking difference.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Kind {
            $($kind,)*
        }

        /// The rules of [`Rules::ConfluentStrict`](crate::Rules::ConfluentStrict) and
        /// [`Rules::ConfluentLenient`](crate::Rules::ConfluentLenient). The id is `confluent-` and
        /// the registry's name of the difference, in kebab case.
        pub const CONFLUENT_RULES: &[Rule] = &[$(rule_of!(Wire, Error, $id, $explanation, $remedy),)*];

        impl Kind {
            /// The registry's name of the difference.
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
        "the items of a list have a schema now, and had none before"
        "Describe the items of a list in its first version, if only as `{\"items\": {\"type\": \"object\"}}`.";
    TypeChanged "TYPE_CHANGED" "confluent-type-changed"
        "the type, or the keyword in place of a type, changed"
        "Keep the type, and add a property with another name and the new type. A list of types may grow: `[\"string\", \"null\"]`.";
    TypeNarrowed "TYPE_NARROWED" "confluent-type-narrowed"
        "the type changed from `number` to `integer`"
        "Keep `number`, and write whole numbers.";
    MinLengthAdded "MIN_LENGTH_ADDED" "confluent-min-length-added"
        "texts have a minimum length now"
        "Keep the old limit in the pushed schema, and enforce the new limit in writers.";
    MinLengthIncreased "MIN_LENGTH_INCREASED" "confluent-min-length-increased"
        "the minimum length of texts is higher"
        "Keep the old limit in the pushed schema, and enforce the new limit in writers.";
    MaxLengthAdded "MAX_LENGTH_ADDED" "confluent-max-length-added"
        "texts have a maximum length now"
        "Keep the old limit in the pushed schema, and enforce the new limit in writers.";
    MaxLengthDecreased "MAX_LENGTH_DECREASED" "confluent-max-length-decreased"
        "the maximum length of texts is lower"
        "Keep the old limit in the pushed schema, and enforce the new limit in writers.";
    PatternAdded "PATTERN_ADDED" "confluent-pattern-added"
        "texts have a pattern now"
        "Push without the pattern, and check it in writers.";
    PatternChanged "PATTERN_CHANGED" "confluent-pattern-changed"
        "the pattern changed; the registry does not check whether it means the same"
        "Keep the text of the pattern, or remove the pattern: that is compatible.";
    MinimumAdded "MINIMUM_ADDED" "confluent-minimum-added"
        "numbers have a minimum now"
        "Keep the old limit in the pushed schema, and enforce the new limit in writers.";
    MinimumIncreased "MINIMUM_INCREASED" "confluent-minimum-increased"
        "the minimum is higher"
        "Keep the old limit in the pushed schema, and enforce the new limit in writers.";
    MaximumAdded "MAXIMUM_ADDED" "confluent-maximum-added"
        "numbers have a maximum now"
        "Keep the old limit in the pushed schema, and enforce the new limit in writers.";
    MaximumDecreased "MAXIMUM_DECREASED" "confluent-maximum-decreased"
        "the maximum is lower"
        "Keep the old limit in the pushed schema, and enforce the new limit in writers.";
    ExclusiveMinimumAdded "EXCLUSIVE_MINIMUM_ADDED" "confluent-exclusive-minimum-added"
        "numbers have an exclusive minimum now"
        "Keep the old limit in the pushed schema, and enforce the new limit in writers.";
    ExclusiveMinimumIncreased "EXCLUSIVE_MINIMUM_INCREASED" "confluent-exclusive-minimum-increased"
        "the exclusive minimum is higher"
        "Keep the old limit in the pushed schema, and enforce the new limit in writers.";
    ExclusiveMaximumAdded "EXCLUSIVE_MAXIMUM_ADDED" "confluent-exclusive-maximum-added"
        "numbers have an exclusive maximum now"
        "Keep the old limit in the pushed schema, and enforce the new limit in writers.";
    ExclusiveMaximumDecreased "EXCLUSIVE_MAXIMUM_DECREASED" "confluent-exclusive-maximum-decreased"
        "the exclusive maximum is lower"
        "Keep the old limit in the pushed schema, and enforce the new limit in writers.";
    MultipleOfAdded "MULTIPLE_OF_ADDED" "confluent-multiple-of-added"
        "numbers have a step (`multipleOf`) now"
        "Push without the step, and round in writers.";
    MultipleOfExpanded "MULTIPLE_OF_EXPANDED" "confluent-multiple-of-expanded"
        "the new step is a multiple of the old step"
        "Keep the finer step, and round in writers.";
    MultipleOfChanged "MULTIPLE_OF_CHANGED" "confluent-multiple-of-changed"
        "neither step is a multiple of the other"
        "Choose a step that divides the old one: 5 for 10.";
    RequiredAttributeAdded "REQUIRED_ATTRIBUTE_ADDED" "confluent-required-attribute-added"
        "a property of both versions is required now, and has no default"
        "Keep it optional, or give it a `default`: the registry assumes that readers fill it in, which no validator does.";
    RequiredPropertyAddedToOpenContentModel "REQUIRED_PROPERTY_ADDED_TO_OPEN_CONTENT_MODEL" "confluent-required-property-added-to-open-content-model"
        "a required property without a default is added to an open object"
        "Add it as optional. Under STRICT, an open object refuses that too: push closed schemas (`--contract write`), or use LENIENT.";
    RequiredPropertyWithDefaultAddedToOpenContentModel "REQUIRED_PROPERTY_WITH_DEFAULT_ADDED_TO_OPEN_CONTENT_MODEL" "confluent-required-property-with-default-added-to-open-content-model"
        "a required property with a default is added to an open object, which may have any value under its name"
        "Push closed schemas (`--contract write`), use the policy LENIENT, or give it no schema: `{}`.";
    OptionalPropertyAddedToOpenContentModel "OPTIONAL_PROPERTY_ADDED_TO_OPEN_CONTENT_MODEL" "confluent-optional-property-added-to-open-content-model"
        "an optional property is added to an open object, which may have any value under its name"
        "Push closed schemas (`--contract write`), use the policy LENIENT, or give it no schema: `{}`.";
    RequiredPropertyAddedToUnopenContentModel "REQUIRED_PROPERTY_ADDED_TO_UNOPEN_CONTENT_MODEL" "confluent-required-property-added-to-unopen-content-model"
        "a required property without a default is added"
        "Add it as optional, or with a `default`.";
    PropertyRemovedFromClosedContentModel "PROPERTY_REMOVED_FROM_CLOSED_CONTENT_MODEL" "confluent-property-removed-from-closed-content-model"
        "a property was removed, and the object is closed"
        "Keep the property. Under LENIENT it may be removed.";
    PropertyRemovedNotCoveredByPartiallyOpenContentModel "PROPERTY_REMOVED_NOT_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL" "confluent-property-removed-not-covered-by-partially-open-content-model"
        "a property was removed, and the schema for other properties does not accept it"
        "Keep the property, or let `additionalProperties` accept its type.";
    PropertyAddedNotCoveredByPartiallyOpenContentModel "PROPERTY_ADDED_NOT_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL" "confluent-property-added-not-covered-by-partially-open-content-model"
        "a property is added, and the schema for other properties gave it another type before"
        "Give it the type that `additionalProperties` had, or a name that no pattern matches.";
    AdditionalPropertiesRemoved "ADDITIONAL_PROPERTIES_REMOVED" "confluent-additional-properties-removed"
        "an object that was open is closed"
        "Keep it open. Under LENIENT it may be closed.";
    AdditionalPropertiesNarrowed "ADDITIONAL_PROPERTIES_NARROWED" "confluent-additional-properties-narrowed"
        "other properties have a schema now"
        "Leave other properties without a schema. Under LENIENT they may have one.";
    UnevaluatedPropertiesRemoved "UNEVALUATED_PROPERTIES_REMOVED" "confluent-unevaluated-properties-removed"
        "`unevaluatedProperties` closes an object that was open"
        "Keep it open. Under LENIENT it may be closed.";
    UnevaluatedPropertiesNarrowed "UNEVALUATED_PROPERTIES_NARROWED" "confluent-unevaluated-properties-narrowed"
        "unevaluated properties have a schema now"
        "Leave them without a schema. Under LENIENT they may have one.";
    MinPropertiesAdded "MIN_PROPERTIES_ADDED" "confluent-min-properties-added"
        "objects have a minimum number of properties now"
        "Keep the old limit in the pushed schema, and enforce the new limit in writers.";
    MinPropertiesIncreased "MIN_PROPERTIES_INCREASED" "confluent-min-properties-increased"
        "the minimum number of properties is higher"
        "Keep the old limit in the pushed schema, and enforce the new limit in writers.";
    MaxPropertiesAdded "MAX_PROPERTIES_ADDED" "confluent-max-properties-added"
        "objects have a maximum number of properties now"
        "Keep the old limit in the pushed schema, and enforce the new limit in writers.";
    MaxPropertiesDecreased "MAX_PROPERTIES_DECREASED" "confluent-max-properties-decreased"
        "the maximum number of properties is lower"
        "Keep the old limit in the pushed schema, and enforce the new limit in writers.";
    DependencyArrayAdded "DEPENDENCY_ARRAY_ADDED" "confluent-dependency-array-added"
        "a property requires other properties now"
        "Leave the dependency out of the pushed schema, and let writers write both.";
    DependencyArrayExtended "DEPENDENCY_ARRAY_EXTENDED" "confluent-dependency-array-extended"
        "a property requires more other properties"
        "Leave the dependency out of the pushed schema, and let writers write both.";
    DependencyArrayChanged "DEPENDENCY_ARRAY_CHANGED" "confluent-dependency-array-changed"
        "a property requires different properties than before"
        "Leave the dependency out of the pushed schema, and let writers write both.";
    DependencySchemaAdded "DEPENDENCY_SCHEMA_ADDED" "confluent-dependency-schema-added"
        "a property requires a schema for the whole object now"
        "Leave the dependency out of the pushed schema, and let writers write both.";
    AdditionalItemsRemoved "ADDITIONAL_ITEMS_REMOVED" "confluent-additional-items-removed"
        "a list that was open is closed"
        "Keep it open.";
    AdditionalItemsNarrowed "ADDITIONAL_ITEMS_NARROWED" "confluent-additional-items-narrowed"
        "further items have a schema now"
        "Leave further items without a schema.";
    UnevaluatedItemsRemoved "UNEVALUATED_ITEMS_REMOVED" "confluent-unevaluated-items-removed"
        "`unevaluatedItems` closes a list that was open"
        "Keep the list open.";
    UnevaluatedItemsNarrowed "UNEVALUATED_ITEMS_NARROWED" "confluent-unevaluated-items-narrowed"
        "`unevaluatedItems` has a schema that it did not have before"
        "Leave `unevaluatedItems` without a schema, and check further items in code.";
    MinContainsAdded "MIN_CONTAINS_ADDED" "confluent-min-contains-added"
        "`minContains` is new"
        "Push without `minContains`, and count the items in writers.";
    MinContainsIncreased "MIN_CONTAINS_INCREASED" "confluent-min-contains-increased"
        "`minContains` is higher"
        "Keep the old limit in the pushed schema, and enforce the new limit in writers.";
    MaxContainsAdded "MAX_CONTAINS_ADDED" "confluent-max-contains-added"
        "`maxContains` is new"
        "Push without `maxContains`, and count the items in writers.";
    MaxContainsDecreased "MAX_CONTAINS_DECREASED" "confluent-max-contains-decreased"
        "`maxContains` is lower"
        "Keep the old limit in the pushed schema, and enforce the new limit in writers.";
    MinItemsAdded "MIN_ITEMS_ADDED" "confluent-min-items-added"
        "lists have a minimum length now"
        "Keep the old limit in the pushed schema, and enforce the new limit in writers.";
    MinItemsIncreased "MIN_ITEMS_INCREASED" "confluent-min-items-increased"
        "the minimum length of lists is higher"
        "Keep the old limit in the pushed schema, and enforce the new limit in writers.";
    MaxItemsAdded "MAX_ITEMS_ADDED" "confluent-max-items-added"
        "lists have a maximum length now"
        "Keep the old limit in the pushed schema, and enforce the new limit in writers.";
    MaxItemsDecreased "MAX_ITEMS_DECREASED" "confluent-max-items-decreased"
        "the maximum length of lists is lower"
        "Keep the old limit in the pushed schema, and enforce the new limit in writers.";
    UniqueItemsAdded "UNIQUE_ITEMS_ADDED" "confluent-unique-items-added"
        "lists may not repeat items now"
        "Push without `uniqueItems`, and remove repeated items in writers.";
    ItemAddedToOpenContentModel "ITEM_ADDED_TO_OPEN_CONTENT_MODEL" "confluent-item-added-to-open-content-model"
        "an item of an open list, which may have any value, has a schema now"
        "Close the list in its first version, or give the item no schema: `{}`.";
    ItemRemovedFromClosedContentModel "ITEM_REMOVED_FROM_CLOSED_CONTENT_MODEL" "confluent-item-removed-from-closed-content-model"
        "an item was removed, and the list is closed"
        "Keep the item.";
    ItemRemovedNotCoveredByPartiallyOpenContentModel "ITEM_REMOVED_NOT_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL" "confluent-item-removed-not-covered-by-partially-open-content-model"
        "an item was removed, and the schema for further items does not accept it"
        "Keep the item, or let `additionalItems` accept its type.";
    ItemAddedNotCoveredByPartiallyOpenContentModel "ITEM_ADDED_NOT_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL" "confluent-item-added-not-covered-by-partially-open-content-model"
        "an item is added, and the schema for further items gave it another type before"
        "Give it the type that `additionalItems` had.";
    EnumArrayNarrowed "ENUM_ARRAY_NARROWED" "confluent-enum-array-narrowed"
        "values were removed"
        "Keep the values, and stop writing them.";
    EnumArrayChanged "ENUM_ARRAY_CHANGED" "confluent-enum-array-changed"
        "values were removed, and others added"
        "Keep the old values beside the new ones.";
    ConstChanged "CONST_CHANGED" "confluent-const-changed"
        "the value of `const` changed"
        "Use an `enum` from the first version on: it may grow.";
    CombinedTypeChanged "COMBINED_TYPE_CHANGED" "confluent-combined-type-changed"
        "the keyword that combines schemas changed, and is not `anyOf` now"
        "Keep the keyword, or change it to `anyOf`.";
    ProductTypeExtended "PRODUCT_TYPE_EXTENDED" "confluent-product-type-extended"
        "an `allOf` has more schemas"
        "Keep the schemas, and check the new rules in writers.";
    SumTypeNarrowed "SUM_TYPE_NARROWED" "confluent-sum-type-narrowed"
        "alternatives were removed"
        "Keep the alternatives, and stop writing them.";
    CombinedTypeSubschemasChanged "COMBINED_TYPE_SUBSCHEMAS_CHANGED" "confluent-combined-type-subschemas-changed"
        "a schema of the combination has no compatible schema in the other version"
        "Change the combined schemas only in compatible ways; add new ones beside them.";
    NotTypeExtended "NOT_TYPE_EXTENDED" "confluent-not-type-extended"
        "`not` excludes more than before"
        "Exclude no more than before, and check the rest in writers.";
}
