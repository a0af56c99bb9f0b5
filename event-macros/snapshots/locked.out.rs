/// How the customer paid.
pub enum Method {
    Card { last4: String },
    Transfer(Account),
    Cash,
}
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
    impl ::event_core::EventValue for Method {
        const SHAPE: &'static ::event_core::__private::shape::Shape = {
            static A_TYPE_THAT_CONTAINS_ITSELF_NEEDS_FIELD_RECURSIVE: ::event_core::__private::shape::Shape = ::event_core::__private::shape::Shape::Enum(
                &::event_core::__private::shape::EnumShape::new(
                    ::event_core::__private::shape::TypeName::new(
                            "Method",
                            ::event_core::__private::core::module_path!(),
                            "How the customer paid.",
                        )
                        .held(3324761672083079660u64, &["shop::Method"]),
                    ::event_core::__private::shape::Tagging::External,
                    &[
                        ::event_core::__private::shape::VariantShape::new(
                            "Card",
                            "",
                            ::event_core::__private::shape::VariantContent::Struct(
                                &[
                                    ::event_core::meta::FieldMeta::new(
                                        "last4",
                                        "",
                                        <String as ::event_core::EventValue>::SHAPE,
                                    ),
                                ],
                            ),
                        ),
                        ::event_core::__private::shape::VariantShape::new(
                            "Transfer",
                            "",
                            ::event_core::__private::shape::VariantContent::Newtype(
                                <Account as ::event_core::EventValue>::SHAPE.without_a_key(),
                            ),
                        ),
                        ::event_core::__private::shape::VariantShape::new(
                            "Cash",
                            "",
                            ::event_core::__private::shape::VariantContent::Unit,
                        ),
                    ],
                ),
            );
            &A_TYPE_THAT_CONTAINS_ITSELF_NEEDS_FIELD_RECURSIVE
        };
        const FINGERPRINT: ::event_core::__private::core::primitive::u64 = ::event_core::__private::of_variants(
            0u64,
            &[
                (
                    1213782010285848239u64,
                    ::event_core::__private::of_content(
                        ::event_core::__private::of_said(
                            &[
                                (
                                    1858712340637430405u64,
                                    <String as ::event_core::EventValue>::FINGERPRINT,
                                ),
                            ],
                        ),
                        ::event_core::__private::of_skipping(&[]),
                    ),
                ),
                (
                    13174798260233049842u64,
                    ::event_core::__private::of_one(
                        <Account as ::event_core::EventValue>::FINGERPRINT,
                    ),
                ),
                (2302750231934818283u64, 0),
            ],
        );
        #[allow(long_running_const_eval)]
        const KEPT: () = {
            let kept = ::event_core::__private::TypeKept::of_type(
                <Self as ::event_core::EventValue>::SHAPE,
                <Self as ::event_core::EventValue>::FINGERPRINT,
                &[
                    ::event_core::__private::LockedForm {
                        path: "shop::Method",
                        form: "enum{Card{last4:text},Cash,Transfer(&shop::Account)}",
                        whole: 1239508839772268765u64,
                        members: 0usize,
                        types: ::event_core::__private::Types {
                            table: "@@@@BFshop::Account\t{bank:text?,number:text}",
                            lock: 3324761672083079660u64,
                        },
                        users: &[
                            ::event_core::__private::Users {
                                mode: 3u8,
                                place: ::event_core::__private::Place::Payload,
                                accepted: &[],
                                versions: "payment_process_failed@1",
                            },
                        ],
                    },
                ],
                &[1858712340637430405u64, 7529823923798686510u64, 0u64, 1u64],
                "",
                "cargo run -p shop --",
            );
            (::event_core::__private::assert_variant_kept)(&kept, "Card");
            (::event_core::__private::assert_variant_field_kept)(&kept, "Card", "last4");
            (::event_core::__private::assert_variant_kept)(&kept, "Transfer");
            (::event_core::__private::assert_within_kept::<Account>)(&kept, 1usize, &[]);
            (::event_core::__private::assert_variant_kept)(&kept, "Cash");
            (::event_core::__private::assert_type_kept)(&kept);
        };
        const VARIANTS: &'static [&'static ::event_core::__private::core::primitive::str] = &[
            "Card",
            "Transfer",
            "Cash",
        ];
        fn encode(&self, out: &mut ::event_core::__private::Encoder) {
            match self {
                Self::Card { last4 } => {
                    out.nested(|out| {
                        out.json("{\"Card\":");
                        out.object_with(|out| {
                            <String as ::event_core::EventValue>::encode_field(
                                last4,
                                ",\"last4\":",
                                out,
                            );
                        });
                        out.json("}");
                    });
                }
                Self::Transfer(content) => {
                    out.nested(|out| {
                        out.json("{\"Transfer\":");
                        <Account as ::event_core::EventValue>::encode(content, out);
                        out.json("}");
                    });
                }
                Self::Cash => {
                    out.json("\"Cash\"");
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
            let (name, mut content) = ::event_core::__private::external(input)?;
            match &*name {
                "Card" => {
                    let object = &mut ::event_core::__private::content(content, "Card")?
                        .object()?;
                    {
                        let (
                            ::event_core::__private::core::option::Option::Some(field_0),
                        ) = (
                            <String as ::event_core::EventValue>::read_field(
                                object,
                                "last4",
                                ::event_core::__private::NO_NAMES,
                            ),
                        ) else {
                            return ::event_core::__private::core::result::Result::Err(
                                object.error(),
                            )
                        };
                        ::event_core::__private::core::result::Result::Ok(Self::Card {
                            last4: field_0,
                        })
                    }
                }
                "Transfer" => {
                    ::event_core::__private::core::result::Result::map(
                        <Account as ::event_core::EventValue>::read(
                            ::event_core::__private::content(content, "Transfer")?,
                        ),
                        Self::Transfer,
                    )
                }
                "Cash" => {
                    ::event_core::__private::without_key(content, &name)?;
                    ::event_core::__private::core::result::Result::Ok(Self::Cash)
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
    impl ::event_core::__private::core::fmt::Debug for Method {
        fn fmt(
            &self,
            f: &mut ::event_core::__private::core::fmt::Formatter<'_>,
        ) -> ::event_core::__private::core::fmt::Result {
            ::event_core::__private::debug_value("Method", self, f)
        }
    }
};
pub struct Account {
    pub number: String,
    pub bank: Option<String>,
}
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
    impl ::event_core::EventValue for Account {
        const SHAPE: &'static ::event_core::__private::shape::Shape = {
            static A_TYPE_THAT_CONTAINS_ITSELF_NEEDS_FIELD_RECURSIVE: ::event_core::__private::shape::Shape = ::event_core::__private::shape::Shape::Struct(
                &::event_core::__private::shape::StructShape::new(
                    ::event_core::__private::shape::TypeName::new(
                            "Account",
                            ::event_core::__private::core::module_path!(),
                            "",
                        )
                        .held(3324761672083079660u64, &["shop::Account"]),
                    &[
                        ::event_core::meta::FieldMeta::new(
                            "number",
                            "",
                            <String as ::event_core::EventValue>::SHAPE,
                        ),
                        ::event_core::meta::FieldMeta::new(
                            "bank",
                            "",
                            <Option<String> as ::event_core::EventValue>::SHAPE,
                        ),
                    ],
                ),
            );
            &A_TYPE_THAT_CONTAINS_ITSELF_NEEDS_FIELD_RECURSIVE
        };
        const FINGERPRINT: ::event_core::__private::core::primitive::u64 = ::event_core::__private::of_struct(
            ::event_core::__private::of_said(
                &[
                    (
                        6535016723560592417u64,
                        <String as ::event_core::EventValue>::FINGERPRINT,
                    ),
                    (
                        3001312555596585859u64,
                        <Option<String> as ::event_core::EventValue>::FINGERPRINT,
                    ),
                ],
            ),
            ::event_core::__private::of_skipping(&[]),
        );
        #[allow(long_running_const_eval)]
        const KEPT: () = {
            let kept = ::event_core::__private::TypeKept::of_type(
                <Self as ::event_core::EventValue>::SHAPE,
                <Self as ::event_core::EventValue>::FINGERPRINT,
                &[
                    ::event_core::__private::LockedForm {
                        path: "shop::Account",
                        form: "{bank:text?,number:text}",
                        whole: 879289878086999127u64,
                        members: 2usize,
                        types: ::event_core::__private::Types {
                            table: "",
                            lock: 3324761672083079660u64,
                        },
                        users: &[
                            ::event_core::__private::Users {
                                mode: 3u8,
                                place: ::event_core::__private::Place::Payload,
                                accepted: &[],
                                versions: "payment_process_failed@1",
                            },
                        ],
                    },
                ],
                &[
                    6535016723560592417u64, 2728898249389798909u64,
                    3001312555596585859u64, 11516269919960568469u64,
                ],
                "number\nbank\n",
                "cargo run -p shop --",
            );
            (::event_core::__private::assert_type_kept)(&kept);
        };
        fn encode(&self, out: &mut ::event_core::__private::Encoder) {
            out.object(self)
        }
        fn read(
            input: ::event_core::read::Input<'_>,
        ) -> ::event_core::__private::core::result::Result<
            Self,
            ::event_core::read::ReadError,
        > {
            let object = &mut input.object()?;
            {
                let (
                    ::event_core::__private::core::option::Option::Some(field_0),
                    ::event_core::__private::core::option::Option::Some(field_1),
                ) = (
                    <String as ::event_core::EventValue>::read_field(
                        object,
                        "number",
                        ::event_core::__private::NO_NAMES,
                    ),
                    <Option<
                        String,
                    > as ::event_core::EventValue>::read_field(
                        object,
                        "bank",
                        ::event_core::__private::NO_NAMES,
                    ),
                ) else {
                    return ::event_core::__private::core::result::Result::Err(
                        object.error(),
                    )
                };
                ::event_core::__private::core::result::Result::Ok(Self {
                    number: field_0,
                    bank: field_1,
                })
            }
        }
    }
    #[automatically_derived]
    #[diagnostic::do_not_recommend]
    impl ::event_core::__private::Fields for Account {
        fn encode_fields(&self, out: &mut ::event_core::__private::Encoder) {
            <String as ::event_core::EventValue>::encode_field(
                &self.number,
                ",\"number\":",
                out,
            );
            <Option<
                String,
            > as ::event_core::EventValue>::encode_field(&self.bank, ",\"bank\":", out);
        }
    }
    #[automatically_derived]
    #[diagnostic::do_not_recommend]
    impl ::event_core::__private::core::fmt::Debug for Account {
        fn fmt(
            &self,
            f: &mut ::event_core::__private::core::fmt::Formatter<'_>,
        ) -> ::event_core::__private::core::fmt::Result {
            ::event_core::__private::debug("Account", self, f)
        }
    }
};
/// In no lock.
pub struct Draft {
    pub note: String,
}
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
    impl ::event_core::EventValue for Draft {
        const SHAPE: &'static ::event_core::__private::shape::Shape = {
            static A_TYPE_THAT_CONTAINS_ITSELF_NEEDS_FIELD_RECURSIVE: ::event_core::__private::shape::Shape = ::event_core::__private::shape::Shape::Struct(
                &::event_core::__private::shape::StructShape::new(
                    ::event_core::__private::shape::TypeName::new(
                        "Draft",
                        ::event_core::__private::core::module_path!(),
                        "In no lock.",
                    ),
                    &[
                        ::event_core::meta::FieldMeta::new(
                            "note",
                            "",
                            <String as ::event_core::EventValue>::SHAPE,
                        ),
                    ],
                ),
            );
            &A_TYPE_THAT_CONTAINS_ITSELF_NEEDS_FIELD_RECURSIVE
        };
        const FINGERPRINT: ::event_core::__private::core::primitive::u64 = ::event_core::__private::of_struct(
            ::event_core::__private::of_said(
                &[
                    (
                        2460819526439385956u64,
                        <String as ::event_core::EventValue>::FINGERPRINT,
                    ),
                ],
            ),
            ::event_core::__private::of_skipping(&[]),
        );
        fn encode(&self, out: &mut ::event_core::__private::Encoder) {
            out.object(self)
        }
        fn read(
            input: ::event_core::read::Input<'_>,
        ) -> ::event_core::__private::core::result::Result<
            Self,
            ::event_core::read::ReadError,
        > {
            let object = &mut input.object()?;
            {
                let (::event_core::__private::core::option::Option::Some(field_0),) = (
                    <String as ::event_core::EventValue>::read_field(
                        object,
                        "note",
                        ::event_core::__private::NO_NAMES,
                    ),
                ) else {
                    return ::event_core::__private::core::result::Result::Err(
                        object.error(),
                    )
                };
                ::event_core::__private::core::result::Result::Ok(Self { note: field_0 })
            }
        }
    }
    #[automatically_derived]
    #[diagnostic::do_not_recommend]
    impl ::event_core::__private::Fields for Draft {
        fn encode_fields(&self, out: &mut ::event_core::__private::Encoder) {
            <String as ::event_core::EventValue>::encode_field(
                &self.note,
                ",\"note\":",
                out,
            );
        }
    }
    #[automatically_derived]
    #[diagnostic::do_not_recommend]
    impl ::event_core::__private::core::fmt::Debug for Draft {
        fn fmt(
            &self,
            f: &mut ::event_core::__private::core::fmt::Formatter<'_>,
        ) -> ::event_core::__private::core::fmt::Result {
            ::event_core::__private::debug("Draft", self, f)
        }
    }
};
/// What went wrong.
pub struct ErrorDetails<'a> {
    pub error_kind: Str<'a>,
}
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
    impl<'a> ::event_core::__private::Fields for ErrorDetails<'a> {
        fn encode_fields(&self, out: &mut ::event_core::__private::Encoder) {
            <Str<
                'a,
            > as ::event_core::EventValue>::encode_field(
                &self.error_kind,
                ",\"error_kind\":",
                out,
            );
        }
    }
    #[automatically_derived]
    #[diagnostic::do_not_recommend]
    impl<'a> ::event_core::Group for ErrorDetails<'a> {
        const META: &'static ::event_core::meta::GroupMeta = {
            static META: ::event_core::meta::GroupMeta = ::event_core::meta::GroupMeta::new(
                    "ErrorDetails",
                    ::event_core::__private::core::module_path!(),
                    "What went wrong.",
                    &[
                        ::event_core::meta::Member::Field(
                            ::event_core::meta::FieldMeta::new(
                                "error_kind",
                                "",
                                <Str<'static> as ::event_core::EventValue>::SHAPE,
                            ),
                        ),
                    ],
                )
                .held(3324761672083079660u64, &["shop::ErrorDetails"]);
            &META
        };
        const FINGERPRINT: ::event_core::__private::core::primitive::u64 = ::event_core::__private::of_members_and_groups(
            ::event_core::__private::of_said(
                &[
                    (
                        7086993433694863061u64,
                        <Str<'a> as ::event_core::EventValue>::FINGERPRINT,
                    ),
                ],
            ),
            ::event_core::__private::of_skipping(&[]),
            &[],
        );
        #[allow(long_running_const_eval)]
        const KEPT: () = {
            let kept = ::event_core::__private::TypeKept::of_group(
                <Self as ::event_core::Group>::META,
                <Self as ::event_core::Group>::FINGERPRINT,
                &[
                    ::event_core::__private::LockedForm {
                        path: "shop::ErrorDetails",
                        form: "..{error_kind:text}",
                        whole: 2671636538822573243u64,
                        members: 1usize,
                        types: ::event_core::__private::Types {
                            table: "",
                            lock: 3324761672083079660u64,
                        },
                        users: &[
                            ::event_core::__private::Users {
                                mode: 3u8,
                                place: ::event_core::__private::Place::Payload,
                                accepted: &[],
                                versions: "payment_process_failed@1",
                            },
                        ],
                    },
                ],
                &[7086993433694863061u64, 2671636538822573243u64],
                "error_kind\n",
                "cargo run -p shop --",
            );
            (::event_core::__private::assert_type_kept)(&kept);
        };
        fn read(
            object: &mut ::event_core::read::Object<'_>,
        ) -> ::event_core::__private::core::result::Result<
            Self,
            ::event_core::read::ReadError,
        > {
            {
                let (::event_core::__private::core::option::Option::Some(field_0),) = (
                    <Str<
                        'a,
                    > as ::event_core::EventValue>::read_field(
                        object,
                        "error_kind",
                        ::event_core::__private::NO_NAMES,
                    ),
                ) else {
                    return ::event_core::__private::core::result::Result::Err(
                        object.error(),
                    )
                };
                ::event_core::__private::core::result::Result::Ok(Self {
                    error_kind: field_0,
                })
            }
        }
    }
    #[automatically_derived]
    #[diagnostic::do_not_recommend]
    impl<'a> ::event_core::__private::core::fmt::Debug for ErrorDetails<'a> {
        fn fmt(
            &self,
            f: &mut ::event_core::__private::core::fmt::Formatter<'_>,
        ) -> ::event_core::__private::core::fmt::Result {
            ::event_core::__private::debug("ErrorDetails", self, f)
        }
    }
};
#[allow(rustdoc::private_intra_doc_links)]
#[cfg_attr(
    doc,
    doc = "`payment_process_failed` in log lines, `payment.process.failed` on the wire.\n\n- **version**: 1\n- **level**: `error`\n- **operation**: ends what [`PaymentProcessStarted`] begins\n\n| field |\n| --- |\n| `amount_cents` |\n| `reason` |\n| `methods` |\n| the fields of [`ErrorDetails`] |\n\n```text\nemit_payment_process_failed(PaymentProcessFailed {\n    amount_cents,\n    reason,\n    methods,\n    error,\n});\n```\n"
)]
#[must_use = "an event that is not emitted is lost: call `emit_payment_process_failed`"]
pub struct PaymentProcessFailed<'a> {
    pub amount_cents: i64,
    pub reason: Option<Str<'a>>,
    pub methods: Vec<Method>,
    pub error: ErrorDetails<'a>,
}
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
    impl<'a> ::event_core::__private::Fields for PaymentProcessFailed<'a> {
        fn encode_fields(&self, out: &mut ::event_core::__private::Encoder) {
            <i64 as ::event_core::EventValue>::encode_field(
                &self.amount_cents,
                ",\"amount_cents\":",
                out,
            );
            <Option<
                Str<'a>,
            > as ::event_core::EventValue>::encode_field(
                &self.reason,
                ",\"reason\":",
                out,
            );
            <Vec<
                Method,
            > as ::event_core::EventValue>::encode_field(
                &self.methods,
                ",\"methods\":",
                out,
            );
            <ErrorDetails<'a> as ::event_core::Group>::encode_group(&self.error, out);
        }
    }
    #[automatically_derived]
    #[diagnostic::do_not_recommend]
    impl<'a> ::event_core::Event for PaymentProcessFailed<'a> {
        const META: &'static ::event_core::meta::EventMeta = {
            static META: ::event_core::meta::EventMeta = ::event_core::meta::EventMeta::new(
                    ::event_core::meta::EventName::new(
                            "payment_process_failed",
                            "payment.process.failed",
                            "payment",
                        )
                        .action("process")
                        .status(::event_core::__private::Status {
                            word: "failed",
                            class: ::event_core::__private::StatusClass::Fault,
                        }),
                    "PaymentProcessFailed",
                    "",
                    ::event_core::meta::LevelRule::Fixed(::event_core::Level::Error),
                    ::event_core::meta::Source::new(
                        ::event_core::__private::core::module_path!(),
                        ::event_core::__private::core::file!(),
                        0u32,
                        0u32,
                    ),
                )
                .head(
                    "{\"event\":\"payment_process_failed\",\"version\":1,\"level\":\"error",
                )
                .members(
                    &[
                        ::event_core::meta::Member::Field(
                            ::event_core::meta::FieldMeta::new(
                                "amount_cents",
                                "",
                                <i64 as ::event_core::EventValue>::SHAPE,
                            ),
                        ),
                        ::event_core::meta::Member::Field(
                            ::event_core::meta::FieldMeta::new(
                                "reason",
                                "",
                                <Option<Str<'static>> as ::event_core::EventValue>::SHAPE,
                            ),
                        ),
                        ::event_core::meta::Member::Field(
                            ::event_core::meta::FieldMeta::new(
                                "methods",
                                "",
                                <Vec<Method> as ::event_core::EventValue>::SHAPE,
                            ),
                        ),
                        ::event_core::meta::Member::Group(
                            <ErrorDetails<'static> as ::event_core::Group>::META,
                        ),
                    ],
                );
            &META
        };
        const NAME: &'static ::event_core::__private::core::primitive::str = "payment_process_failed";
        const EVENT_TYPE: &'static ::event_core::__private::core::primitive::str = "payment.process.failed";
        const VERSION: ::event_core::__private::core::primitive::u32 = 1u32;
        fn read(
            object: &mut ::event_core::read::Object<'_>,
        ) -> ::event_core::__private::core::result::Result<
            Self,
            ::event_core::read::ReadError,
        > {
            {
                let (
                    ::event_core::__private::core::option::Option::Some(field_0),
                    ::event_core::__private::core::option::Option::Some(field_1),
                    ::event_core::__private::core::option::Option::Some(field_2),
                    ::event_core::__private::core::option::Option::Some(field_3),
                ) = (
                    <i64 as ::event_core::EventValue>::read_field(
                        object,
                        "amount_cents",
                        ::event_core::__private::NO_NAMES,
                    ),
                    <Option<
                        Str<'a>,
                    > as ::event_core::EventValue>::read_field(
                        object,
                        "reason",
                        ::event_core::__private::NO_NAMES,
                    ),
                    <Vec<
                        Method,
                    > as ::event_core::EventValue>::read_field(
                        object,
                        "methods",
                        ::event_core::__private::NO_NAMES,
                    ),
                    <ErrorDetails<'a> as ::event_core::Group>::read_group(object),
                ) else {
                    return ::event_core::__private::core::result::Result::Err(
                        object.error(),
                    )
                };
                ::event_core::__private::core::result::Result::Ok(Self {
                    amount_cents: field_0,
                    reason: field_1,
                    methods: field_2,
                    error: field_3,
                })
            }
        }
    }
    #[automatically_derived]
    #[diagnostic::do_not_recommend]
    impl<'a> ::event_core::Emit for PaymentProcessFailed<'a> {
        #[inline]
        fn gate() -> &'static ::event_core::__private::Gate {
            static GATE: ::event_core::__private::Gate = ::event_core::__private::Gate::new(
                "\u{1}event-mark/1 this binary can emit: payment.process.failed v1\u{2}",
            );
            &GATE
        }
    }
    #[automatically_derived]
    #[diagnostic::do_not_recommend]
    impl<'a> ::event_core::__private::core::fmt::Debug for PaymentProcessFailed<'a> {
        fn fmt(
            &self,
            f: &mut ::event_core::__private::core::fmt::Formatter<'_>,
        ) -> ::event_core::__private::core::fmt::Result {
            ::event_core::__private::debug("PaymentProcessFailed", self, f)
        }
    }
};
///Emits [`PaymentProcessFailed`]: `payment.process.failed`.
#[inline]
#[allow(
    dead_code,
    unused_parens,
    unused_qualifications,
    clippy::needless_pass_by_value,
    clippy::must_use_candidate
)]
pub fn emit_payment_process_failed((event): PaymentProcessFailed<'_>) {
    ::event_core::Emit::emit(event);
}
#[allow(elided_lifetimes_in_paths)]
const _: () = (::event_core::__private::assert_group_fits)(
    <PaymentProcessFailed<'static> as ::event_core::Event>::META,
    0usize,
    <ErrorDetails<'static> as ::event_core::Group>::META,
);
/// A draft: nothing is compared.
#[allow(rustdoc::private_intra_doc_links)]
///
/**`payment_process_started` in log lines, `payment.process.started` on the wire.

- **version**: 1
- **level**: `info`
- **operation**: begins one, which ends with one of [`PaymentProcessFailed`]

```text
emit_payment_process_started(PaymentProcessStarted {
    amount_cents,
});
```
*/
#[must_use = "an event that is not emitted is lost: call `emit_payment_process_started`"]
pub struct PaymentProcessStarted {
    pub amount_cents: i64,
}
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
    impl ::event_core::__private::Fields for PaymentProcessStarted {
        fn encode_fields(&self, out: &mut ::event_core::__private::Encoder) {
            <i64 as ::event_core::EventValue>::encode_field(
                &self.amount_cents,
                ",\"amount_cents\":",
                out,
            );
        }
    }
    #[automatically_derived]
    #[diagnostic::do_not_recommend]
    impl ::event_core::Event for PaymentProcessStarted {
        const META: &'static ::event_core::meta::EventMeta = {
            static META: ::event_core::meta::EventMeta = ::event_core::meta::EventMeta::new(
                    ::event_core::meta::EventName::new(
                            "payment_process_started",
                            "payment.process.started",
                            "payment",
                        )
                        .action("process")
                        .status(::event_core::__private::Status {
                            word: "started",
                            class: ::event_core::__private::StatusClass::Begin,
                        }),
                    "PaymentProcessStarted",
                    "A draft: nothing is compared.",
                    ::event_core::meta::LevelRule::Fixed(::event_core::Level::Info),
                    ::event_core::meta::Source::new(
                        ::event_core::__private::core::module_path!(),
                        ::event_core::__private::core::file!(),
                        0u32,
                        0u32,
                    ),
                )
                .head(
                    "{\"event\":\"payment_process_started\",\"version\":1,\"level\":\"info",
                )
                .members(
                    &[
                        ::event_core::meta::Member::Field(
                            ::event_core::meta::FieldMeta::new(
                                "amount_cents",
                                "",
                                <i64 as ::event_core::EventValue>::SHAPE,
                            ),
                        ),
                    ],
                );
            &META
        };
        const NAME: &'static ::event_core::__private::core::primitive::str = "payment_process_started";
        const EVENT_TYPE: &'static ::event_core::__private::core::primitive::str = "payment.process.started";
        const VERSION: ::event_core::__private::core::primitive::u32 = 1u32;
        fn read(
            object: &mut ::event_core::read::Object<'_>,
        ) -> ::event_core::__private::core::result::Result<
            Self,
            ::event_core::read::ReadError,
        > {
            {
                let (::event_core::__private::core::option::Option::Some(field_0),) = (
                    <i64 as ::event_core::EventValue>::read_field(
                        object,
                        "amount_cents",
                        ::event_core::__private::NO_NAMES,
                    ),
                ) else {
                    return ::event_core::__private::core::result::Result::Err(
                        object.error(),
                    )
                };
                ::event_core::__private::core::result::Result::Ok(Self {
                    amount_cents: field_0,
                })
            }
        }
    }
    #[automatically_derived]
    #[diagnostic::do_not_recommend]
    impl ::event_core::Emit for PaymentProcessStarted {
        #[inline]
        fn gate() -> &'static ::event_core::__private::Gate {
            static GATE: ::event_core::__private::Gate = ::event_core::__private::Gate::new(
                "\u{1}event-mark/1 this binary can emit: payment.process.started v1\u{2}",
            );
            &GATE
        }
    }
    #[automatically_derived]
    #[diagnostic::do_not_recommend]
    impl ::event_core::__private::core::fmt::Debug for PaymentProcessStarted {
        fn fmt(
            &self,
            f: &mut ::event_core::__private::core::fmt::Formatter<'_>,
        ) -> ::event_core::__private::core::fmt::Result {
            ::event_core::__private::debug("PaymentProcessStarted", self, f)
        }
    }
};
///Emits [`PaymentProcessStarted`]: `payment.process.started`.
#[inline]
#[allow(
    dead_code,
    unused_parens,
    unused_qualifications,
    clippy::needless_pass_by_value,
    clippy::must_use_candidate
)]
pub fn emit_payment_process_started((event): PaymentProcessStarted) {
    ::event_core::Emit::emit(event);
}
#[allow(deprecated, elided_lifetimes_in_paths)]
const _: () = {
    const __KEPT: &::event_core::__private::Kept = &::event_core::__private::Kept {
        is_unchanged: ::event_core::__private::of_declared(
            15887381353538015678u64,
            &[
                ::event_core::__private::of_plain_field(
                    2296176450729743845u64,
                    <i64 as ::event_core::EventValue>::FINGERPRINT,
                ),
                ::event_core::__private::of_plain_field(
                    3404812224856655892u64,
                    <Option<Str<'static>> as ::event_core::EventValue>::FINGERPRINT,
                ),
                ::event_core::__private::of_plain_field(
                    2707390025332311503u64,
                    <Vec<Method> as ::event_core::EventValue>::FINGERPRINT,
                ),
            ],
            &[<ErrorDetails<'static> as ::event_core::Group>::FINGERPRINT],
            &[],
            &[],
        ) == 5860790561137573941u64,
        locked: ::event_core::__private::Locked {
            event: "payment_process_failed",
            version: 1u32,
            event_type: "payment.process.failed",
            mode: 3u8,
            aliases: ::event_core::__private::NO_NAMES,
            revisions: &[
                ::event_core::__private::LockedRevision {
                    level: "error",
                    fields: "",
                    groups: &[
                        ("shop::ErrorDetails", ::event_core::__private::Place::Payload),
                    ],
                    types: ::event_core::__private::Types {
                        table: "@@@@BFshop::Account\t{bank:text?,number:text}@@@@BFshop::ErrorDetails\t..{error_kind:text}@@@@DAshop::Method\tenum{Card{last4:text},Cash,Transfer(&shop::Account)}",
                        lock: 3324761672083079660u64,
                    },
                },
            ],
            accepted: &[],
            command: "cargo run -p shop --",
        },
        event: <PaymentProcessFailed<'static> as ::event_core::Event>::META,
    };
    const _: () = (::event_core::__private::assert_event_kept)(__KEPT, 0usize);
    const _: () = (::event_core::__private::assert_event_kept)(__KEPT, 1usize);
    const _: () = (::event_core::__private::assert_field_kept)(
        __KEPT,
        "amount_cents",
        0usize,
        (
            2296176450729743845u64,
            ::event_core::__private::of_plain_field(
                2296176450729743845u64,
                <i64 as ::event_core::EventValue>::FINGERPRINT,
            ),
        ),
        &[(8523002882730180605u64, 8523002882730180605u64, "amount_cents:i64")],
    );
    const _: () = (::event_core::__private::assert_field_kept)(
        __KEPT,
        "reason",
        1usize,
        (
            3404812224856655892u64,
            ::event_core::__private::of_plain_field(
                3404812224856655892u64,
                <Option<Str<'static>> as ::event_core::EventValue>::FINGERPRINT,
            ),
        ),
        &[(959170043193236775u64, 959170043193236775u64, "reason:text?")],
    );
    #[allow(long_running_const_eval)]
    const _: () = (::event_core::__private::assert_value_kept::<
        Vec<Method>,
    >)(
        __KEPT,
        "methods",
        2usize,
        (
            2707390025332311503u64,
            ::event_core::__private::of_plain_field(
                2707390025332311503u64,
                <Vec<Method> as ::event_core::EventValue>::FINGERPRINT,
            ),
        ),
        &[(14713087890272670872u64, 12779060671293915065u64, "methods:[&shop::Method]")],
        &[],
    );
    #[allow(long_running_const_eval)]
    const _: () = (::event_core::__private::assert_group_kept::<
        ErrorDetails<'static>,
    >)(__KEPT, ::event_core::__private::Place::Payload, &[]);
};
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
    impl ::event_core::Begins for PaymentProcessStarted {
        type Begun = PaymentProcessStarted;
    }
    #[automatically_derived]
    #[diagnostic::do_not_recommend]
    impl<'a> ::event_core::__private::Ends<PaymentProcessStarted>
    for PaymentProcessFailed<'a> {}
    #[automatically_derived]
    #[diagnostic::do_not_recommend]
    impl<'a> ::event_core::__private::Fails<PaymentProcessStarted>
    for PaymentProcessFailed<'a> {}
};
#[allow(rustdoc::private_intra_doc_links)]
#[cfg_attr(
    doc,
    doc = "| event | in log lines | version | level |\n| --- | --- | --- | --- |\n| [`PaymentProcessFailed`] | `payment_process_failed` | 1 | `error` |\n| [`PaymentProcessStarted`] | `payment_process_started` | 1 | `info` |\n"
)]
#[allow(missing_docs)]
#[derive(
    ::event_core::__private::core::clone::Clone,
    ::event_core::__private::core::marker::Copy,
    ::event_core::__private::core::fmt::Debug,
    ::event_core::__private::core::cmp::PartialEq,
    ::event_core::__private::core::cmp::Eq
)]
#[allow(dead_code)]
pub enum Payment {
    ///`process`
    Process,
}
///The newest events of the domain [`Payment`].
#[allow(
    deprecated,
    dead_code,
    private_interfaces,
    rustdoc::private_intra_doc_links,
    clippy::large_enum_variant,
    clippy::enum_variant_names,
    clippy::module_name_repetitions
)]
pub enum PaymentEvent {
    ///`payment_process_failed`: [`PaymentProcessFailed`]
    ProcessFailed(PaymentProcessFailed<'static>),
    ///`payment_process_started`: [`PaymentProcessStarted`]
    ProcessStarted(PaymentProcessStarted),
}
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
    impl ::event_core::__private::BlockEvent for PaymentEvent {
        fn any(&self) -> ::event_core::__private::AnyEvent<'_> {
            match *self {
                Self::ProcessFailed(ref event) => {
                    ::event_core::__private::AnyEvent::of(event)
                }
                Self::ProcessStarted(ref event) => {
                    ::event_core::__private::AnyEvent::of(event)
                }
            }
        }
    }
    #[automatically_derived]
    #[diagnostic::do_not_recommend]
    impl ::event_core::__private::EmitAny for PaymentEvent {
        #[inline]
        fn call(&self) -> ::event_core::__private::Call<'_> {
            match *self {
                Self::ProcessFailed(ref event) => {
                    ::event_core::__private::Call::of(event)
                }
                Self::ProcessStarted(ref event) => {
                    ::event_core::__private::Call::of(event)
                }
            }
        }
    }
    #[automatically_derived]
    #[diagnostic::do_not_recommend]
    impl ::event_core::__private::core::fmt::Debug for PaymentEvent {
        fn fmt(
            &self,
            f: &mut ::event_core::__private::core::fmt::Formatter<'_>,
        ) -> ::event_core::__private::core::fmt::Result {
            ::event_core::__private::core::fmt::Debug::fmt(
                &::event_core::__private::BlockEvent::any(self),
                f,
            )
        }
    }
    #[automatically_derived]
    #[diagnostic::do_not_recommend]
    impl ::event_core::__private::Block for Payment {
        const BLOCK: &'static ::event_core::__private::BlockMeta = {
            static BLOCK: ::event_core::__private::BlockMeta = ::event_core::__private::BlockMeta::new(
                    &[
                        <PaymentProcessFailed<'static> as ::event_core::Event>::META,
                        <PaymentProcessStarted as ::event_core::Event>::META,
                    ],
                )
                .domain(
                    &::event_core::__private::DomainMeta::new(
                            "payment",
                            "",
                            ::event_core::meta::Source::new(
                                ::event_core::__private::core::module_path!(),
                                ::event_core::__private::core::file!(),
                                0u32,
                                0u32,
                            ),
                        )
                        .actions(&[("process", "")]),
                )
                .dictionary(
                    &[
                        ::event_core::__private::DictionaryEntry::field(
                            <PaymentProcessFailed<'static> as ::event_core::Event>::META,
                            "amount_cents",
                        ),
                        ::event_core::__private::DictionaryEntry::field(
                            <PaymentProcessFailed<'static> as ::event_core::Event>::META,
                            "reason",
                        ),
                        ::event_core::__private::DictionaryEntry::field(
                            <PaymentProcessFailed<'static> as ::event_core::Event>::META,
                            "methods",
                        ),
                        ::event_core::__private::DictionaryEntry::group(
                            <PaymentProcessFailed<'static> as ::event_core::Event>::META,
                            <ErrorDetails<'static> as ::event_core::Group>::META,
                        ),
                    ],
                );
            &BLOCK
        };
        type Event = PaymentEvent;
        fn read(
            place: ::event_core::__private::core::primitive::usize,
            object: &mut ::event_core::read::Object<'_>,
        ) -> ::event_core::__private::core::option::Option<
            ::event_core::__private::core::result::Result<
                PaymentEvent,
                ::event_core::read::ReadError,
            >,
        > {
            ::event_core::__private::core::option::Option::Some(
                match place {
                    0 => {
                        match <PaymentProcessFailed<
                            'static,
                        > as ::event_core::Event>::read(object) {
                            ::event_core::__private::core::result::Result::Ok(event) => {
                                ::event_core::__private::core::result::Result::Ok(
                                    PaymentEvent::ProcessFailed(event),
                                )
                            }
                            ::event_core::__private::core::result::Result::Err(error) => {
                                ::event_core::__private::core::result::Result::Err(error)
                            }
                        }
                    }
                    1 => {
                        match <PaymentProcessStarted as ::event_core::Event>::read(
                            object,
                        ) {
                            ::event_core::__private::core::result::Result::Ok(event) => {
                                ::event_core::__private::core::result::Result::Ok(
                                    PaymentEvent::ProcessStarted(event),
                                )
                            }
                            ::event_core::__private::core::result::Result::Err(error) => {
                                ::event_core::__private::core::result::Result::Err(error)
                            }
                        }
                    }
                    _ => return ::event_core::__private::core::option::Option::None,
                },
            )
        }
    }
};
const _: () = {
    #[deprecated(
        note = "`payment_process_started` begins, but no event of the same action ends with a status of class `ok`; declare one (`failed` is `fault`, `completed` is `ok`), or write `#[action(open_ended = \"reason\")]`"
    )]
    #[allow(non_upper_case_globals)]
    const event_catalog: () = ();
    event_catalog
};
