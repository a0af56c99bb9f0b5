#[allow(
    dead_code,
    deprecated,
    elided_lifetimes_in_paths,
    unreachable_code,
    unused_variables,
    unused_qualifications,
    clippy::all,
    clippy::pedantic,
    clippy::restriction
)]
const _: () = {
    #[automatically_derived]
    #[diagnostic::do_not_recommend]
    impl ::event_core::EventValue for Delivery {
        const SHAPE: &'static ::event_core::__private::shape::Shape = {
            static A_TYPE_THAT_CONTAINS_ITSELF_NEEDS_FIELD_RECURSIVE: ::event_core::__private::shape::Shape = ::event_core::__private::shape::Shape::Enum(
                &::event_core::__private::shape::EnumShape::new(
                    ::event_core::__private::shape::TypeName::new(
                        "Delivery",
                        ::event_core::__private::core::module_path!(),
                        "",
                    ),
                    ::event_core::__private::shape::Tagging::Adjacent {
                        tag: "type",
                        content: "data",
                    },
                    &[
                        ::event_core::__private::shape::VariantShape::new(
                            "pick_up",
                            "",
                            ::event_core::__private::shape::VariantContent::Unit,
                        ),
                        ::event_core::__private::shape::VariantShape::new(
                                "courier",
                                "By a company.",
                                ::event_core::__private::shape::VariantContent::Struct(
                                    &[
                                        ::event_core::meta::FieldMeta::new(
                                            "tracking_number",
                                            "",
                                            <String as ::event_core::EventValue>::SHAPE,
                                        ),
                                        ::event_core::meta::FieldMeta::new(
                                            "notes",
                                            "",
                                            <Vec<Note> as ::event_core::EventValue>::SHAPE,
                                        ),
                                        ::event_core::meta::FieldMeta::new(
                                                "weight",
                                                "",
                                                <Option<f32> as ::event_core::__private::Finite>::SHAPE,
                                            )
                                            .unit("kg")
                                            .finite(true),
                                        ::event_core::meta::FieldMeta::new(
                                                "address",
                                                "",
                                                <String as ::event_core::mask::Masked<
                                                    <masks::FirstLine as ::event_core::__private::OwnMask>::Mask,
                                                >>::SHAPE,
                                            )
                                            .sensitivity(::event_core::meta::Sensitivity::Custom {
                                                name: "FirstLine",
                                            }),
                                    ],
                                ),
                            )
                            .aliases(&["carrier"]),
                        ::event_core::__private::shape::VariantShape::new(
                            "other",
                            "",
                            ::event_core::__private::shape::VariantContent::Newtype(
                                &::event_core::__private::shape::Shape::Recursive(
                                    ::event_core::__private::shape::Recursion::new(
                                        "Box<Self>",
                                        ::event_core::__private::shape_of::<Box<Delivery>>,
                                    ),
                                ),
                            ),
                        ),
                    ],
                ),
            );
            &A_TYPE_THAT_CONTAINS_ITSELF_NEEDS_FIELD_RECURSIVE
        };
        const FINGERPRINT: ::event_core::__private::core::primitive::u64 = ::event_core::__private::of_variants(
            3888141062164596800u64,
            &[
                (8089186339522796834u64, 0),
                (
                    3327695669588125921u64,
                    ::event_core::__private::of_content(
                        ::event_core::__private::of_said(
                            &[
                                (
                                    9563397133995347117u64,
                                    <String as ::event_core::EventValue>::FINGERPRINT,
                                ),
                                (
                                    18079194292886513717u64,
                                    <Vec<Note> as ::event_core::EventValue>::FINGERPRINT,
                                ),
                                (
                                    10998411754188909705u64,
                                    <Option<f32> as ::event_core::EventValue>::FINGERPRINT,
                                ),
                                (
                                    1290714295123872961u64,
                                    ::event_core::__private::of_shape(
                                        <String as ::event_core::mask::Masked<
                                            <masks::FirstLine as ::event_core::__private::OwnMask>::Mask,
                                        >>::SHAPE,
                                    ),
                                ),
                            ],
                        ),
                        ::event_core::__private::of_skipping(&[]),
                    ),
                ),
                (
                    9355969449780097510u64,
                    ::event_core::__private::of_one(
                        ::event_core::__private::of_shape(
                            &::event_core::__private::shape::Shape::Recursive(
                                ::event_core::__private::shape::Recursion::new(
                                    "Box<Self>",
                                    ::event_core::__private::shape_of::<Box<Delivery>>,
                                ),
                            ),
                        ),
                    ),
                ),
            ],
        );
        const VARIANTS: &'static [&'static ::event_core::__private::core::primitive::str] = &[
            "PickUp",
            "Courier",
            "Other",
        ];
        fn encode(&self, out: &mut ::event_core::__private::Encoder) {
            match self {
                Self::PickUp => {
                    out.nested(|out| out.json("{\"type\":\"pick_up\"}"));
                }
                Self::Courier { tracking_number, notes, weight, address } => {
                    out.nested(|out| {
                        out.json("{\"type\":\"courier\",\"data\":");
                        out.object_with(|out| {
                            <String as ::event_core::EventValue>::encode_field(
                                tracking_number,
                                ",\"tracking_number\":",
                                out,
                            );
                            <Vec<
                                Note,
                            > as ::event_core::EventValue>::encode_field(
                                notes,
                                ",\"notes\":",
                                out,
                            );
                            <Option<
                                f32,
                            > as ::event_core::__private::Finite>::encode_field(
                                weight,
                                ",\"weight\":",
                                out,
                            );
                            <String as ::event_core::mask::Masked<
                                <masks::FirstLine as ::event_core::__private::OwnMask>::Mask,
                            >>::encode_field(address, ",\"address\":", out);
                        });
                        out.json("}");
                    });
                }
                Self::Other(content) => {
                    out.nested(|out| {
                        out.json("{\"type\":\"other\",\"data\":");
                        <Box<
                            Delivery,
                        > as ::event_core::EventValue>::encode(content, out);
                        out.json("}");
                    });
                }
            }
        }
        fn read(
            input: ::event_core::read::Input<'_>,
        ) -> ::event_core::__private::core::result::Result<
            Self,
            ::event_core::read::ReadError,
        > {
            #[allow(unused_mut, unused_variables)]
            let (name, mut content) = ::event_core::__private::adjacent(
                input,
                "type",
                "data",
            )?;
            match &*name {
                "pick_up" => {
                    ::event_core::__private::without_content(content, "data")?;
                    ::event_core::__private::core::result::Result::Ok(Self::PickUp)
                }
                "courier" | "carrier" => {
                    let object = &mut ::event_core::__private::content(
                            content,
                            "courier",
                        )?
                        .object()?;
                    {
                        let (
                            ::event_core::__private::core::option::Option::Some(field_0),
                            ::event_core::__private::core::option::Option::Some(field_1),
                            ::event_core::__private::core::option::Option::Some(field_2),
                            ::event_core::__private::core::option::Option::Some(field_3),
                        ) = (
                            <String as ::event_core::EventValue>::read_field(
                                object,
                                "tracking_number",
                                ::event_core::__private::NO_NAMES,
                            ),
                            <Vec<
                                Note,
                            > as ::event_core::EventValue>::read_field(
                                object,
                                "notes",
                                ::event_core::__private::NO_NAMES,
                            ),
                            <Option<
                                f32,
                            > as ::event_core::__private::Finite>::read_field(
                                object,
                                "weight",
                                ::event_core::__private::NO_NAMES,
                            ),
                            <String as ::event_core::mask::Masked<
                                <masks::FirstLine as ::event_core::__private::OwnMask>::Mask,
                            >>::read_field(
                                object,
                                "address",
                                ::event_core::__private::NO_NAMES,
                            ),
                        ) else {
                            return ::event_core::__private::core::result::Result::Err(
                                object.error(),
                            )
                        };
                        ::event_core::__private::core::result::Result::Ok(Self::Courier {
                            tracking_number: field_0,
                            notes: field_1,
                            weight: field_2,
                            address: field_3,
                        })
                    }
                }
                "other" => {
                    ::event_core::__private::core::result::Result::map(
                        <Box<
                            Delivery,
                        > as ::event_core::EventValue>::read(
                            ::event_core::__private::content(content, "other")?,
                        ),
                        Self::Other,
                    )
                }
                _ => {
                    ::event_core::__private::core::result::Result::Err(
                        ::event_core::read::ReadError::new(
                            ::event_core::read::ReadErrorKind::UnknownVariant,
                        ),
                    )
                }
            }
        }
    }
    #[automatically_derived]
    #[diagnostic::do_not_recommend]
    impl ::event_core::__private::core::fmt::Debug for Delivery {
        fn fmt(
            &self,
            f: &mut ::event_core::__private::core::fmt::Formatter<'_>,
        ) -> ::event_core::__private::core::fmt::Result {
            ::event_core::__private::debug_value("Delivery", self, f)
        }
    }
};
const _: () = (::event_core::__private::assert_number)(
    "weight",
    "unit",
    <Option<f32> as ::event_core::__private::Finite>::SHAPE,
);
#[allow(deprecated)]
const _: () = {
    use ::event_core::__private::NotBySerde as _;
    (::event_core::__private::assert_not_by_serde)(
        "field `address`",
        "Delivery",
        ::event_core::__private::BySerde::<Delivery>::WRITES,
    )
};
