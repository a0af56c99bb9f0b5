/// The gateway refused the charge.
#[allow(rustdoc::private_intra_doc_links)]
///
/**`payment_process_failed` in log lines, `payment.process.failed` on the wire.

- **version**: 2, the newest; it reads [`PaymentProcessFailedV1`]
- **level**: `error`
- **owner**: payments
- **entity**: `order`, by `order_id`
- **operation**: ends what [`PaymentProcessStarted`] begins
- **context**: [`RequestContext`]
- **aliases**: `payment_failed`

| field | mask | notes |
| --- | --- | --- |
| `order_id` |  | entity `order` |
| `card_number` | `last4` |  |
| the fields of [`ErrorDetails`] |  |  |

```text
emit_payment_process_failed(PaymentProcessFailed {
    order_id,
    card_number,
    error,
});
```
*/
#[must_use = "an event that is not emitted is lost: call `emit_payment_process_failed`"]
pub struct PaymentProcessFailed<'a> {
    /// Order being charged.
    ///
    ///entity `order`
    pub order_id: Str<'a>,
    /// Card used.
    ///
    ///mask `last4`
    pub card_number: Option<Str<'a>>,
    /// What went wrong.
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
            <Str<
                'a,
            > as ::event_core::EventValue>::encode_field(
                &self.order_id,
                ",\"order_id\":",
                out,
            );
            <Option<
                Str<'a>,
            > as ::event_core::mask::Masked<
                ::event_core::mask::Last4,
            >>::encode_field(&self.card_number, ",\"card_number\":", out);
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
                    "The gateway refused the charge.",
                    ::event_core::meta::LevelRule::Fixed(::event_core::Level::Error),
                    ::event_core::meta::Source::new(
                        ::event_core::__private::core::module_path!(),
                        ::event_core::__private::core::file!(),
                        0u32,
                        0u32,
                    ),
                )
                .head(
                    "{\"event\":\"payment_process_failed\",\"version\":2,\"level\":\"error",
                )
                .version(2u32)
                .upcast_auto(true)
                .members(
                    &[
                        ::event_core::meta::Member::Field(
                            ::event_core::meta::FieldMeta::new(
                                    "order_id",
                                    "Order being charged.",
                                    <Str<'static> as ::event_core::EventValue>::SHAPE,
                                )
                                .role(::event_core::meta::Role::Entity {
                                    kind: "order",
                                }),
                        ),
                        ::event_core::meta::Member::Field(
                            ::event_core::meta::FieldMeta::new(
                                    "card_number",
                                    "Card used.",
                                    <Option<
                                        Str<'static>,
                                    > as ::event_core::mask::Masked<
                                        ::event_core::mask::Last4,
                                    >>::SHAPE,
                                )
                                .sensitivity(::event_core::meta::Sensitivity::Last4),
                        ),
                        ::event_core::meta::Member::Group(
                            <ErrorDetails<'static> as ::event_core::Group>::META,
                        ),
                    ],
                )
                .context(&[<RequestContext as ::event_core::ContextGroup>::CONTEXT])
                .needed_context(1usize)
                .aliases(&["payment_failed"])
                .governance(::event_core::meta::Governance::NONE.owner("payments"));
            &META
        };
        const NAME: &'static ::event_core::__private::core::primitive::str = "payment_process_failed";
        const EVENT_TYPE: &'static ::event_core::__private::core::primitive::str = "payment.process.failed";
        const VERSION: ::event_core::__private::core::primitive::u32 = 2u32;
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
                ) = (
                    <Str<
                        'a,
                    > as ::event_core::EventValue>::read_field(
                        object,
                        "order_id",
                        ::event_core::__private::NO_NAMES,
                    ),
                    <Option<
                        Str<'a>,
                    > as ::event_core::mask::Masked<
                        ::event_core::mask::Last4,
                    >>::read_field(
                        object,
                        "card_number",
                        ::event_core::__private::NO_NAMES,
                    ),
                    <ErrorDetails<'a> as ::event_core::Group>::read_group(object),
                ) else {
                    return ::event_core::__private::core::result::Result::Err(
                        object.error(),
                    )
                };
                ::event_core::__private::core::result::Result::Ok(Self {
                    order_id: field_0,
                    card_number: field_1,
                    error: field_2,
                })
            }
        }
        const READS: &'static [&'static ::event_core::meta::EventMeta] = &[
            <PaymentProcessFailedV1<'static> as ::event_core::Event>::META,
            <PaymentProcessFailed<'static> as ::event_core::Event>::META,
        ];
        fn read_version(
            version: ::event_core::__private::core::primitive::u32,
            object: &mut ::event_core::read::Object<'_>,
        ) -> ::event_core::__private::core::option::Option<
            ::event_core::__private::core::result::Result<
                Self,
                ::event_core::read::ReadError,
            >,
        > {
            ::event_core::__private::core::option::Option::Some(
                match version {
                    1u32 => {
                        match <PaymentProcessFailedV1<
                            'static,
                        > as ::event_core::Event>::read(object) {
                            ::event_core::__private::core::result::Result::Ok(event) => {
                                let event = <PaymentProcessFailed<
                                    'static,
                                > as ::event_core::UpcastFrom<
                                    PaymentProcessFailedV1<'static>,
                                >>::upcast(event);
                                ::event_core::__private::core::result::Result::Ok(event)
                            }
                            ::event_core::__private::core::result::Result::Err(error) => {
                                ::event_core::__private::core::result::Result::Err(error)
                            }
                        }
                    }
                    2u32 => <Self as ::event_core::Event>::read(object),
                    _ => return ::event_core::__private::core::option::Option::None,
                },
            )
        }
    }
    #[automatically_derived]
    #[diagnostic::do_not_recommend]
    impl<'a> ::event_core::Emit for PaymentProcessFailed<'a> {
        #[inline]
        fn gate() -> &'static ::event_core::__private::Gate {
            static GATE: ::event_core::__private::Gate = ::event_core::__private::Gate::new(
                "\u{1}event-mark/1 this binary can emit: payment.process.failed v2\u{2}",
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
const _: () = (::event_core::__private::assert_entity)(
    "order_id",
    "entity",
    <Str<'static> as ::event_core::EventValue>::SHAPE,
);
#[allow(elided_lifetimes_in_paths)]
const _: () = (::event_core::__private::assert_group_fits)(
    <PaymentProcessFailed<'static> as ::event_core::Event>::META,
    0usize,
    <ErrorDetails<'static> as ::event_core::Group>::META,
);
#[allow(elided_lifetimes_in_paths)]
const _: () = (::event_core::__private::assert_group_fits)(
    <PaymentProcessFailed<'static> as ::event_core::Event>::META,
    1usize,
    <RequestContext as ::event_core::ContextGroup>::CONTEXT,
);
#[allow(deprecated)]
const _: () = {
    use ::event_core::__private::NotBySerde as _;
    (::event_core::__private::assert_not_by_serde)(
        "field `card_number`",
        "PaymentProcessFailed",
        ::event_core::__private::BySerde::<PaymentProcessFailed<'static>>::WRITES,
    )
};
#[allow(rustdoc::private_intra_doc_links)]
#[cfg_attr(
    doc,
    doc = "`payment_process_failed` in log lines, `payment.process.failed` on the wire.\n\n- **version**: 1, an old version: read as [`PaymentProcessFailed`] (version 2), never emitted\n- **level**: `error`\n- **owner**: payments\n"
)]
#[must_use = "an event that is not emitted is lost: call `emit_payment_process_failed`"]
pub struct PaymentProcessFailedV1<'a> {
    pub order_id: Str<'a>,
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
    impl<'a> ::event_core::__private::Fields for PaymentProcessFailedV1<'a> {
        fn encode_fields(&self, out: &mut ::event_core::__private::Encoder) {
            <Str<
                'a,
            > as ::event_core::EventValue>::encode_field(
                &self.order_id,
                ",\"order_id\":",
                out,
            );
            <ErrorDetails<
                'a,
            > as ::event_core::EventValue>::encode_field(
                &self.error,
                ",\"error\":",
                out,
            );
        }
    }
    #[automatically_derived]
    #[diagnostic::do_not_recommend]
    impl<'a> ::event_core::Event for PaymentProcessFailedV1<'a> {
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
                    "PaymentProcessFailedV1",
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
                .latest(false)
                .members(
                    &[
                        ::event_core::meta::Member::Field(
                            ::event_core::meta::FieldMeta::new(
                                "order_id",
                                "",
                                <Str<'static> as ::event_core::EventValue>::SHAPE,
                            ),
                        ),
                        ::event_core::meta::Member::Field(
                            ::event_core::meta::FieldMeta::new(
                                "error",
                                "",
                                <ErrorDetails<'static> as ::event_core::EventValue>::SHAPE,
                            ),
                        ),
                    ],
                )
                .governance(::event_core::meta::Governance::NONE.owner("payments"));
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
                ) = (
                    <Str<
                        'a,
                    > as ::event_core::EventValue>::read_field(
                        object,
                        "order_id",
                        ::event_core::__private::NO_NAMES,
                    ),
                    <ErrorDetails<
                        'a,
                    > as ::event_core::EventValue>::read_field(
                        object,
                        "error",
                        ::event_core::__private::NO_NAMES,
                    ),
                ) else {
                    return ::event_core::__private::core::result::Result::Err(
                        object.error(),
                    )
                };
                ::event_core::__private::core::result::Result::Ok(Self {
                    order_id: field_0,
                    error: field_1,
                })
            }
        }
    }
    #[automatically_derived]
    #[diagnostic::do_not_recommend]
    impl<'a> ::event_core::__private::core::fmt::Debug for PaymentProcessFailedV1<'a> {
        fn fmt(
            &self,
            f: &mut ::event_core::__private::core::fmt::Formatter<'_>,
        ) -> ::event_core::__private::core::fmt::Result {
            ::event_core::__private::debug("PaymentProcessFailedV1", self, f)
        }
    }
};
/// Money is being asked for.
#[allow(rustdoc::private_intra_doc_links)]
///
/**`payment_process_started` in log lines, `payment.process.started` on the wire.

- **version**: 1
- **level**: `info`
- **owner**: payments
- **operation**: begins one, which ends with one of [`PaymentProcessFailed`], [`PaymentProcessFinished`], [`PaymentProcessSuccess`]
- **deduplicate**: `order_id`

```text
emit_payment_process_started(PaymentProcessStarted {
    order_id,
});
```
*/
#[must_use = "an event that is not emitted is lost: call `emit_payment_process_started`"]
pub struct PaymentProcessStarted<'a> {
    pub order_id: Str<'a>,
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
    impl<'a> ::event_core::__private::Fields for PaymentProcessStarted<'a> {
        fn encode_fields(&self, out: &mut ::event_core::__private::Encoder) {
            <Str<
                'a,
            > as ::event_core::EventValue>::encode_field(
                &self.order_id,
                ",\"order_id\":",
                out,
            );
        }
    }
    #[automatically_derived]
    #[diagnostic::do_not_recommend]
    impl<'a> ::event_core::Event for PaymentProcessStarted<'a> {
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
                    "Money is being asked for.",
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
                                "order_id",
                                "",
                                <Str<'static> as ::event_core::EventValue>::SHAPE,
                            ),
                        ),
                    ],
                )
                .deduplicate(&["order_id"])
                .governance(::event_core::meta::Governance::NONE.owner("payments"));
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
                    <Str<
                        'a,
                    > as ::event_core::EventValue>::read_field(
                        object,
                        "order_id",
                        ::event_core::__private::NO_NAMES,
                    ),
                ) else {
                    return ::event_core::__private::core::result::Result::Err(
                        object.error(),
                    )
                };
                ::event_core::__private::core::result::Result::Ok(Self {
                    order_id: field_0,
                })
            }
        }
    }
    #[automatically_derived]
    #[diagnostic::do_not_recommend]
    impl<'a> ::event_core::Emit for PaymentProcessStarted<'a> {
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
    impl<'a> ::event_core::__private::core::fmt::Debug for PaymentProcessStarted<'a> {
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
pub fn emit_payment_process_started((event): PaymentProcessStarted<'_>) {
    ::event_core::Emit::emit(event);
}
const _: () = (::event_core::__private::assert_deduplicates)(
    <PaymentProcessStarted<'static> as ::event_core::Event>::META,
    "order_id",
    "",
);
/// The request ended.
#[allow(rustdoc::private_intra_doc_links)]
///
/**`payment_process_finished` in log lines, `payment.process.finished` on the wire.

- **version**: 1
- **level**: by `code`: `error` for `500..=599`, otherwise `info`
- **owner**: payments
- **operation**: ends what [`PaymentProcessStarted`] begins

| field | unit | example | notes |
| --- | --- | --- | --- |
| `code` |  |  |  |
| `duration_ms` | `ms` | `12` | elapsed time, filled in by an operation |

```text
emit_payment_process_finished(PaymentProcessFinished {
    code,
    duration_ms,
});
```
*/
#[must_use = "an event that is not emitted is lost: call `emit_payment_process_finished`"]
pub struct PaymentProcessFinished {
    pub code: u16,
    #[cfg_attr(
        doc,
        doc = "unit `ms`; example `12`; elapsed time, filled in by an operation"
    )]
    pub duration_ms: Option<u64>,
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
    impl ::event_core::__private::Fields for PaymentProcessFinished {
        fn encode_fields(&self, out: &mut ::event_core::__private::Encoder) {
            <u16 as ::event_core::EventValue>::encode_some(
                &self.code,
                ",\"code\":",
                out,
            );
            <Option<
                u64,
            > as ::event_core::EventValue>::encode_some(
                &self.duration_ms,
                ",\"duration_ms\":",
                out,
            );
        }
    }
    #[automatically_derived]
    #[diagnostic::do_not_recommend]
    impl ::event_core::Event for PaymentProcessFinished {
        const META: &'static ::event_core::meta::EventMeta = {
            static META: ::event_core::meta::EventMeta = ::event_core::meta::EventMeta::new(
                    ::event_core::meta::EventName::new(
                            "payment_process_finished",
                            "payment.process.finished",
                            "payment",
                        )
                        .action("process")
                        .status(::event_core::__private::Status {
                            word: "finished",
                            class: ::event_core::__private::StatusClass::Ok,
                        }),
                    "PaymentProcessFinished",
                    "The request ended.",
                    ::event_core::meta::LevelRule::ByField {
                        field: "code",
                        arms: &[
                            (
                                ::event_core::meta::LevelCase::Integers(500i128, 599i128),
                                ::event_core::Level::Error,
                            ),
                            (
                                ::event_core::meta::LevelCase::Rest,
                                ::event_core::Level::Info,
                            ),
                        ],
                    },
                    ::event_core::meta::Source::new(
                        ::event_core::__private::core::module_path!(),
                        ::event_core::__private::core::file!(),
                        0u32,
                        0u32,
                    ),
                )
                .head(
                    "{\"event\":\"payment_process_finished\",\"version\":1,\"level\":\"",
                )
                .members(
                    &[
                        ::event_core::meta::Member::Field(
                            ::event_core::meta::FieldMeta::new(
                                    "code",
                                    "",
                                    <u16 as ::event_core::EventValue>::SHAPE,
                                )
                                .skip_none(true),
                        ),
                        ::event_core::meta::Member::Field(
                            ::event_core::meta::FieldMeta::new(
                                    "duration_ms",
                                    "",
                                    <Option<u64> as ::event_core::EventValue>::SHAPE,
                                )
                                .unit("ms")
                                .role(::event_core::meta::Role::Elapsed)
                                .skip_none(true)
                                .example("12"),
                        ),
                    ],
                )
                .governance(::event_core::meta::Governance::NONE.owner("payments"));
            &META
        };
        const NAME: &'static ::event_core::__private::core::primitive::str = "payment_process_finished";
        const EVENT_TYPE: &'static ::event_core::__private::core::primitive::str = "payment.process.finished";
        const VERSION: ::event_core::__private::core::primitive::u32 = 1u32;
        #[deny(unreachable_patterns)]
        fn level(&self) -> ::event_core::Level {
            match (self).code {
                500..=599 => ::event_core::Level::Error,
                _ => ::event_core::Level::Info,
            }
        }
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
                ) = (
                    <u16 as ::event_core::EventValue>::read_field(
                        object,
                        "code",
                        ::event_core::__private::NO_NAMES,
                    ),
                    <Option<
                        u64,
                    > as ::event_core::EventValue>::read_field(
                        object,
                        "duration_ms",
                        ::event_core::__private::NO_NAMES,
                    ),
                ) else {
                    return ::event_core::__private::core::result::Result::Err(
                        object.error(),
                    )
                };
                ::event_core::__private::core::result::Result::Ok(Self {
                    code: field_0,
                    duration_ms: field_1,
                })
            }
        }
    }
    #[automatically_derived]
    #[diagnostic::do_not_recommend]
    impl ::event_core::Emit for PaymentProcessFinished {
        #[inline]
        fn gate() -> &'static ::event_core::__private::Gate {
            static GATE: ::event_core::__private::Gate = ::event_core::__private::Gate::new(
                "\u{1}event-mark/1 this binary can emit: payment.process.finished v1\u{2}",
            );
            &GATE
        }
        fn set_elapsed(
            &mut self,
            elapsed: ::event_core::__private::core::time::Duration,
        ) {
            {
                self.duration_ms = <Option<
                    u64,
                > as ::event_core::__private::Elapsed>::from_elapsed(
                    elapsed,
                    ::event_core::__private::TimeUnit::Milliseconds,
                );
            }
        }
    }
    #[automatically_derived]
    #[diagnostic::do_not_recommend]
    impl ::event_core::__private::core::fmt::Debug for PaymentProcessFinished {
        fn fmt(
            &self,
            f: &mut ::event_core::__private::core::fmt::Formatter<'_>,
        ) -> ::event_core::__private::core::fmt::Result {
            ::event_core::__private::debug("PaymentProcessFinished", self, f)
        }
    }
};
///Emits [`PaymentProcessFinished`]: `payment.process.finished`.
#[inline]
#[allow(
    dead_code,
    unused_parens,
    unused_qualifications,
    clippy::needless_pass_by_value,
    clippy::must_use_candidate
)]
pub fn emit_payment_process_finished((event): PaymentProcessFinished) {
    ::event_core::Emit::emit(event);
}
/// One for each call.
#[allow(rustdoc::private_intra_doc_links)]
///
/**`payment_process_success` in log lines, `payment.process.success` on the wire.

- **version**: 1
- **level**: `info`
- **owner**: payments
- **operation**: ends what [`PaymentProcessStarted`] begins
- **wide**: [`CardContribution`], [`chat::ChatContribution`]

```text
emit_payment_process_success(PaymentProcessSuccess {
    order_id,
});
```
*/
#[must_use = "an event that is not emitted is lost: flush its unit, or call `emit_payment_process_success`"]
pub struct PaymentProcessSuccess<'a> {
    pub order_id: Str<'a>,
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
    impl<'a> ::event_core::__private::Fields for PaymentProcessSuccess<'a> {
        fn encode_fields(&self, out: &mut ::event_core::__private::Encoder) {
            <Str<
                'a,
            > as ::event_core::EventValue>::encode_field(
                &self.order_id,
                ",\"order_id\":",
                out,
            );
        }
    }
    #[automatically_derived]
    #[diagnostic::do_not_recommend]
    impl<'a> ::event_core::Event for PaymentProcessSuccess<'a> {
        const META: &'static ::event_core::meta::EventMeta = {
            static META: ::event_core::meta::EventMeta = ::event_core::meta::EventMeta::new(
                    ::event_core::meta::EventName::new(
                            "payment_process_success",
                            "payment.process.success",
                            "payment",
                        )
                        .action("process")
                        .status(::event_core::__private::Status {
                            word: "success",
                            class: ::event_core::__private::StatusClass::Ok,
                        }),
                    "PaymentProcessSuccess",
                    "One for each call.",
                    ::event_core::meta::LevelRule::Fixed(::event_core::Level::Info),
                    ::event_core::meta::Source::new(
                        ::event_core::__private::core::module_path!(),
                        ::event_core::__private::core::file!(),
                        0u32,
                        0u32,
                    ),
                )
                .head(
                    "{\"event\":\"payment_process_success\",\"version\":1,\"level\":\"info",
                )
                .members(
                    &[
                        ::event_core::meta::Member::Field(
                            ::event_core::meta::FieldMeta::new(
                                "order_id",
                                "",
                                <Str<'static> as ::event_core::EventValue>::SHAPE,
                            ),
                        ),
                    ],
                )
                .wide(
                    &[
                        <CardContribution as ::event_core::Group>::META,
                        <chat::ChatContribution<'static> as ::event_core::Group>::META,
                    ],
                )
                .governance(::event_core::meta::Governance::NONE.owner("payments"));
            &META
        };
        const NAME: &'static ::event_core::__private::core::primitive::str = "payment_process_success";
        const EVENT_TYPE: &'static ::event_core::__private::core::primitive::str = "payment.process.success";
        const VERSION: ::event_core::__private::core::primitive::u32 = 1u32;
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
                        "order_id",
                        ::event_core::__private::NO_NAMES,
                    ),
                ) else {
                    return ::event_core::__private::core::result::Result::Err(
                        object.error(),
                    )
                };
                ::event_core::__private::core::result::Result::Ok(Self {
                    order_id: field_0,
                })
            }
        }
    }
    #[automatically_derived]
    #[diagnostic::do_not_recommend]
    impl<'a> ::event_core::Emit for PaymentProcessSuccess<'a> {
        #[inline]
        fn gate() -> &'static ::event_core::__private::Gate {
            static GATE: ::event_core::__private::Gate = ::event_core::__private::Gate::new(
                "\u{1}event-mark/1 this binary can emit: payment.process.success v1\u{2}",
            );
            &GATE
        }
    }
    #[automatically_derived]
    #[diagnostic::do_not_recommend]
    impl ::event_core::Wide for PaymentProcessSuccess<'_> {}
    #[automatically_derived]
    #[diagnostic::do_not_recommend]
    impl ::event_core::__private::ContributionTo<PaymentProcessSuccess<'_>>
    for CardContribution {
        const PLACE: ::event_core::__private::core::primitive::usize = 0usize;
    }
    #[automatically_derived]
    #[diagnostic::do_not_recommend]
    impl ::event_core::__private::ContributionTo<PaymentProcessSuccess<'_>>
    for chat::ChatContribution<'_> {
        const PLACE: ::event_core::__private::core::primitive::usize = 1usize;
    }
    #[automatically_derived]
    #[diagnostic::do_not_recommend]
    impl<'a> ::event_core::__private::core::fmt::Debug for PaymentProcessSuccess<'a> {
        fn fmt(
            &self,
            f: &mut ::event_core::__private::core::fmt::Formatter<'_>,
        ) -> ::event_core::__private::core::fmt::Result {
            ::event_core::__private::debug("PaymentProcessSuccess", self, f)
        }
    }
};
///Emits [`PaymentProcessSuccess`]: `payment.process.success`.
#[inline]
#[allow(
    dead_code,
    unused_parens,
    unused_qualifications,
    clippy::needless_pass_by_value,
    clippy::must_use_candidate
)]
pub fn emit_payment_process_success((event): PaymentProcessSuccess<'_>) {
    ::event_core::Emit::emit(event);
}
#[allow(elided_lifetimes_in_paths)]
const _: () = (::event_core::__private::assert_group_fits)(
    <PaymentProcessSuccess<'static> as ::event_core::Event>::META,
    0usize,
    <CardContribution as ::event_core::Group>::META,
);
#[allow(elided_lifetimes_in_paths)]
const _: () = (::event_core::__private::assert_group_fits)(
    <PaymentProcessSuccess<'static> as ::event_core::Event>::META,
    1usize,
    <chat::ChatContribution<'static> as ::event_core::Group>::META,
);
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
    impl<
        'old0,
        'new0,
    > ::event_core::__private::VersionBefore<PaymentProcessFailed<'new0>>
    for PaymentProcessFailedV1<'old0> {}
    #[automatically_derived]
    #[diagnostic::do_not_recommend]
    impl<'shared0> ::event_core::UpcastFrom<PaymentProcessFailedV1<'shared0>>
    for PaymentProcessFailed<'shared0> {
        fn upcast(old: PaymentProcessFailedV1<'shared0>) -> Self {
            Self {
                order_id: old.order_id,
                card_number: ::event_core::__private::core::option::Option::None,
                error: old.error,
            }
        }
    }
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
    impl<'a> ::event_core::Begins for PaymentProcessStarted<'a> {
        type Begun = PaymentProcessStarted<'static>;
    }
    #[automatically_derived]
    #[diagnostic::do_not_recommend]
    impl<'a> ::event_core::__private::Ends<PaymentProcessStarted<'static>>
    for PaymentProcessFailed<'a> {}
    #[automatically_derived]
    #[diagnostic::do_not_recommend]
    impl<'a> ::event_core::__private::Fails<PaymentProcessStarted<'static>>
    for PaymentProcessFailed<'a> {}
    #[automatically_derived]
    #[diagnostic::do_not_recommend]
    impl ::event_core::__private::Ends<PaymentProcessStarted<'static>>
    for PaymentProcessFinished {}
    #[automatically_derived]
    #[diagnostic::do_not_recommend]
    impl ::event_core::__private::Completes<PaymentProcessStarted<'static>>
    for PaymentProcessFinished {}
    #[automatically_derived]
    #[diagnostic::do_not_recommend]
    impl<'a> ::event_core::__private::Ends<PaymentProcessStarted<'static>>
    for PaymentProcessSuccess<'a> {}
    #[automatically_derived]
    #[diagnostic::do_not_recommend]
    impl<'a> ::event_core::__private::Completes<PaymentProcessStarted<'static>>
    for PaymentProcessSuccess<'a> {}
};
/// Taking money.
#[allow(rustdoc::private_intra_doc_links)]
///
/**| event | in log lines | version | level |
| --- | --- | --- | --- |
| [`PaymentProcessFailed`] | `payment_process_failed` | 2 | `error` |
| [`PaymentProcessFailedV1`] | `payment_process_failed` | 1 | `error` |
| [`PaymentProcessStarted`] | `payment_process_started` | 1 | `info` |
| [`PaymentProcessFinished`] | `payment_process_finished` | 1 | by `code`: `error` for `500..=599`, otherwise `info` |
| [`PaymentProcessSuccess`] | `payment_process_success` | 1 | `info` |
*/
#[derive(
    ::event_core::__private::core::clone::Clone,
    ::event_core::__private::core::marker::Copy,
    ::event_core::__private::core::fmt::Debug,
    ::event_core::__private::core::cmp::PartialEq,
    ::event_core::__private::core::cmp::Eq
)]
#[allow(dead_code)]
pub enum Payment {
    /// Charge a customer.
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
    ProcessStarted(PaymentProcessStarted<'static>),
    ///`payment_process_finished`: [`PaymentProcessFinished`]
    ProcessFinished(PaymentProcessFinished),
    ///`payment_process_success`: [`PaymentProcessSuccess`]
    ProcessSuccess(PaymentProcessSuccess<'static>),
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
                Self::ProcessFinished(ref event) => {
                    ::event_core::__private::AnyEvent::of(event)
                }
                Self::ProcessSuccess(ref event) => {
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
                Self::ProcessFinished(ref event) => {
                    ::event_core::__private::Call::of(event)
                }
                Self::ProcessSuccess(ref event) => {
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
                        <PaymentProcessFailedV1<'static> as ::event_core::Event>::META,
                        <PaymentProcessStarted<'static> as ::event_core::Event>::META,
                        <PaymentProcessFinished as ::event_core::Event>::META,
                        <PaymentProcessSuccess<'static> as ::event_core::Event>::META,
                    ],
                )
                .domain(
                    &::event_core::__private::DomainMeta::new(
                            "payment",
                            "Taking money.",
                            ::event_core::meta::Source::new(
                                ::event_core::__private::core::module_path!(),
                                ::event_core::__private::core::file!(),
                                0u32,
                                0u32,
                            ),
                        )
                        .actions(&[("process", "Charge a customer.")]),
                )
                .dictionary(
                    &[
                        ::event_core::__private::DictionaryEntry::field(
                            <PaymentProcessFailed<'static> as ::event_core::Event>::META,
                            "order_id",
                        ),
                        ::event_core::__private::DictionaryEntry::field(
                            <PaymentProcessFailed<'static> as ::event_core::Event>::META,
                            "card_number",
                        ),
                        ::event_core::__private::DictionaryEntry::group(
                            <PaymentProcessFailed<'static> as ::event_core::Event>::META,
                            <ErrorDetails<'static> as ::event_core::Group>::META,
                        ),
                        ::event_core::__private::DictionaryEntry::group(
                            <PaymentProcessFailed<'static> as ::event_core::Event>::META,
                            <RequestContext as ::event_core::ContextGroup>::CONTEXT,
                        ),
                        ::event_core::__private::DictionaryEntry::field(
                            <PaymentProcessFinished as ::event_core::Event>::META,
                            "code",
                        ),
                        ::event_core::__private::DictionaryEntry::field(
                            <PaymentProcessFinished as ::event_core::Event>::META,
                            "duration_ms",
                        ),
                        ::event_core::__private::DictionaryEntry::group(
                            <PaymentProcessSuccess<
                                'static,
                            > as ::event_core::Event>::META,
                            <CardContribution as ::event_core::Group>::META,
                        ),
                        ::event_core::__private::DictionaryEntry::group(
                            <PaymentProcessSuccess<
                                'static,
                            > as ::event_core::Event>::META,
                            <chat::ChatContribution<
                                'static,
                            > as ::event_core::Group>::META,
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
                        return ::event_core::__private::read_older::<
                            PaymentProcessFailed<'static>,
                            _,
                        >(1u32, PaymentEvent::ProcessFailed, object);
                    }
                    2 => {
                        match <PaymentProcessStarted<
                            'static,
                        > as ::event_core::Event>::read(object) {
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
                    3 => {
                        match <PaymentProcessFinished as ::event_core::Event>::read(
                            object,
                        ) {
                            ::event_core::__private::core::result::Result::Ok(event) => {
                                ::event_core::__private::core::result::Result::Ok(
                                    PaymentEvent::ProcessFinished(event),
                                )
                            }
                            ::event_core::__private::core::result::Result::Err(error) => {
                                ::event_core::__private::core::result::Result::Err(error)
                            }
                        }
                    }
                    4 => {
                        match <PaymentProcessSuccess<
                            'static,
                        > as ::event_core::Event>::read(object) {
                            ::event_core::__private::core::result::Result::Ok(event) => {
                                ::event_core::__private::core::result::Result::Ok(
                                    PaymentEvent::ProcessSuccess(event),
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
