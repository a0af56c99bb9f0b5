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
    impl ::event_core::__private::Fields for PaymentImportCompleted {
        fn encode_fields(&self, out: &mut ::event_core::__private::Encoder) {
            <u64 as ::event_core::EventValue>::encode_field(
                &self.rows,
                ",\"rows\":",
                out,
            );
        }
    }
    #[automatically_derived]
    #[diagnostic::do_not_recommend]
    impl ::event_core::Event for PaymentImportCompleted {
        const META: &'static ::event_core::meta::EventMeta = {
            static META: ::event_core::meta::EventMeta = ::event_core::meta::EventMeta::new(
                    ::event_core::meta::EventName::new(
                            "payment_import_completed",
                            "payment.import.completed",
                            "payment",
                        )
                        .action("import")
                        .status(::event_core::__private::Status {
                            word: "completed",
                            class: ::event_core::__private::StatusClass::Ok,
                        }),
                    "PaymentImportCompleted",
                    "",
                    ::event_core::meta::LevelRule::Fixed(::event_core::Level::Info),
                    ::event_core::meta::Source::new(
                        ::event_core::__private::core::module_path!(),
                        ::event_core::__private::core::file!(),
                        0u32,
                        0u32,
                    ),
                )
                .head(
                    "{\"event\":\"payment_import_completed\",\"version\":1,\"level\":\"info",
                )
                .members(
                    &[
                        ::event_core::meta::Member::Field(
                            ::event_core::meta::FieldMeta::new(
                                "rows",
                                "",
                                <u64 as ::event_core::EventValue>::SHAPE,
                            ),
                        ),
                    ],
                );
            &META
        };
        const NAME: &'static ::event_core::__private::core::primitive::str = "payment_import_completed";
        const EVENT_TYPE: &'static ::event_core::__private::core::primitive::str = "payment.import.completed";
        const VERSION: ::event_core::__private::core::primitive::u32 = 1u32;
        fn read(
            object: &mut ::event_core::read::Object<'_>,
        ) -> ::event_core::__private::core::result::Result<
            Self,
            ::event_core::read::ReadError,
        > {
            {
                let (::event_core::__private::core::option::Option::Some(field_0),) = (
                    <u64 as ::event_core::EventValue>::read_field(
                        object,
                        "rows",
                        ::event_core::__private::NO_NAMES,
                    ),
                ) else {
                    return ::event_core::__private::core::result::Result::Err(
                        object.error(),
                    )
                };
                ::event_core::__private::core::result::Result::Ok(Self { rows: field_0 })
            }
        }
    }
    #[automatically_derived]
    #[diagnostic::do_not_recommend]
    impl ::event_core::Emit for PaymentImportCompleted {
        #[inline]
        fn gate() -> &'static ::event_core::__private::Gate {
            static GATE: ::event_core::__private::Gate = ::event_core::__private::Gate::new(
                "\u{1}event-mark/1 this binary can emit: payment.import.completed v1\u{2}",
            );
            &GATE
        }
    }
    #[automatically_derived]
    #[diagnostic::do_not_recommend]
    impl ::event_core::__private::core::fmt::Debug for PaymentImportCompleted {
        fn fmt(
            &self,
            f: &mut ::event_core::__private::core::fmt::Formatter<'_>,
        ) -> ::event_core::__private::core::fmt::Result {
            ::event_core::__private::debug("PaymentImportCompleted", self, f)
        }
    }
};
///Emits [`PaymentImportCompleted`]: `payment.import.completed`.
#[inline]
#[allow(
    dead_code,
    unused_parens,
    unused_qualifications,
    clippy::needless_pass_by_value,
    clippy::must_use_candidate
)]
pub fn emit_payment_import_completed((event): PaymentImportCompleted) {
    ::event_core::Emit::emit(event);
}
const _: () = (::event_core::__private::assert_domain)(
    <payment::Payment as ::event_core::__private::Block>::BLOCK,
    "payment",
    "payment_import_completed",
    "import",
    true,
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
    #[cfg_attr(
        doc,
        doc = "`payment_import_completed` in log lines, `payment.import.completed` on the wire.\n\n- **version**: 1\n- **level**: `info`\n\n```text\nemit_payment_import_completed(PaymentImportCompleted {\n    rows,\n});\n```\n"
    )]
    impl PaymentImportCompleted {}
    #[automatically_derived]
    #[diagnostic::do_not_recommend]
    impl ::event_core::__private::BlockEvent for PaymentImportCompleted {
        fn any(&self) -> ::event_core::__private::AnyEvent<'_> {
            ::event_core::__private::AnyEvent::of(self)
        }
    }
    #[automatically_derived]
    #[diagnostic::do_not_recommend]
    impl ::event_core::__private::EmitAny for PaymentImportCompleted {
        #[inline]
        fn call(&self) -> ::event_core::__private::Call<'_> {
            ::event_core::__private::Call::of(self)
        }
    }
    #[automatically_derived]
    #[diagnostic::do_not_recommend]
    impl ::event_core::__private::Block for PaymentImportCompleted {
        const BLOCK: &'static ::event_core::__private::BlockMeta = {
            static BLOCK: ::event_core::__private::BlockMeta = ::event_core::__private::BlockMeta::new(
                    &[<PaymentImportCompleted as ::event_core::Event>::META],
                )
                .dictionary(
                    &[
                        ::event_core::__private::DictionaryEntry::field(
                            <PaymentImportCompleted as ::event_core::Event>::META,
                            "rows",
                        ),
                    ],
                );
            &BLOCK
        };
        type Event = Self;
        fn read(
            place: ::event_core::__private::core::primitive::usize,
            object: &mut ::event_core::read::Object<'_>,
        ) -> ::event_core::__private::core::option::Option<
            ::event_core::__private::core::result::Result<
                Self,
                ::event_core::read::ReadError,
            >,
        > {
            match place {
                0 => {
                    ::event_core::__private::core::option::Option::Some(
                        <Self as ::event_core::Event>::read(object),
                    )
                }
                _ => ::event_core::__private::core::option::Option::None,
            }
        }
    }
};
