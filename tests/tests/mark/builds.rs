//! How services are built: with and without optimisation, by both linkers, stripped or not.

/// One way of building.
pub(crate) struct Build {
    pub(crate) name: &'static str,
    /// Settings of the profile `dev`, as in `CARGO_PROFILE_DEV_*`: with one profile the macros are
    /// built once for all builds.
    pub(crate) profile: &'static [&'static [(&'static str, &'static str)]],
    pub(crate) rustflags: &'static str,
    /// Whether it is built each time, not only on request.
    pub(crate) is_usual: bool,
}

type Settings = &'static [(&'static str, &'static str)];

/// What cargo's profile `release` says.
const RELEASE: Settings =
    &[("OPT_LEVEL", "3"), ("DEBUG_ASSERTIONS", "false"), ("OVERFLOW_CHECKS", "false")];
const THIN: Settings = &[("LTO", "thin")];
const FAT: Settings = &[("LTO", "fat"), ("PANIC", "abort"), ("CODEGEN_UNITS", "1")];
const STRIPPED: Settings = &[("STRIP", "symbols")];

/// GNU ld in place of rust-lld, where that is the default.
const GNU_LD: &str = if cfg!(all(target_arch = "x86_64", target_os = "linux")) {
    "-Clinker-features=-lld"
} else {
    ""
};

const fn on_request(
    name: &'static str,
    profile: &'static [Settings],
    rustflags: &'static str,
) -> Build {
    Build { name, profile, rustflags, is_usual: false }
}

pub(crate) const ALL: &[Build] = &[
    Build { name: "debug", profile: &[], rustflags: "", is_usual: true },
    Build { name: "release", profile: &[RELEASE], rustflags: "", is_usual: true },
    on_request("release, stripped", &[RELEASE, STRIPPED], ""),
    on_request("thin LTO", &[RELEASE, THIN], ""),
    on_request("fat LTO, panic = abort", &[RELEASE, FAT], ""),
    on_request("fat LTO, panic = abort, stripped", &[RELEASE, FAT, STRIPPED], ""),
    on_request("debug, GNU ld", &[], GNU_LD),
    on_request("release, GNU ld", &[RELEASE], GNU_LD),
];
