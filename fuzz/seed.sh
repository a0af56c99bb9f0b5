#!/bin/sh
# Makes corpora from what the repository has: of the rules' fixtures one document, or two with a zero
# byte between them; the reference catalog's lock, forms and golden samples.
set -eu
cd "$(dirname "$0")"
mkdir -p corpus/document corpus/pair corpus/lock corpus/form corpus/records corpus/relay_contract corpus/relay_config corpus/frame
for rule in ../schema-compat/tests/compat/rules/*.txt; do
    name=$(basename "$rule" .txt)
    # The first paragraph is `old` and a schema, the second `new` and a schema.
    for side in old new; do
        awk -v RS= -v side="$side" 'sub("^" side "\n", "")' "$rule" >"corpus/document/$name-$side"
    done
    { cat "corpus/document/$name-old"; printf '\0'; cat "corpus/document/$name-new"; } >"corpus/pair/$name"
done

locked=../catalog/events/events.lock
# A short lock is found changes for sooner than the whole of it.
awk -v RS= 'NR == 1 { head = $0 } /^"type / { head = head "\n\n" $0; next } /@/ { printf "%s\n\n%s\n\n\"lock_end\": 2\n}\n", head, $0 > ("corpus/lock/version-" NR) }' "$locked"
cp "$locked" corpus/lock/whole
cp ../catalog/events/Cargo.toml corpus/lock/manifest
# "name@1 r0 .field": "form", -> field:form
awk -v RS= '/@/ { print > ("corpus/form/version-" NR) }' "$locked"
for version in corpus/form/version-*; do
    sed -n 's/^"[^ ]* r[0-9]* \.\([^"]*\)": "\(.*\)",$/\1:\2/p' "$version" | paste -sd, - >"$version.form"
    rm "$version"
done
cat >corpus/form/shapes <<'FORM'
plain:{name:text,took:u32? skip alias(old) unit(ms),ratios:[f64] finite default,map:map(i64),address:ip},external:enum{Unit,Newtype(u8?),Struct{a:[u8;4],b:(bool,char)},Other other alias(rest)},tree:{value:enum<type,data>{Newtype(enum<type>{'one-thing'{a:any},nothing}),Nothing},branches:^Vec<Self>},amount_cents:i64? alias(amount),contact:text masked(email)
FORM
for samples in ../catalog/events/events.lock.d/*/samples.ndjson; do
    name=$(basename "$(dirname "$samples")")
    { printf '0'; cat "$samples"; } >"corpus/records/$name"
    { printf '\000\000\000\000\007'; head -n 1 "$samples"; } >"corpus/frame/$name"
done
# The page of the envelope has one.
awk '/^```json$/ { block++; next } /^```$/ { if (block == 2) exit } block == 2' ../docs/envelope.md >corpus/relay_contract/envelope
# Each case of the relay's errors is a configuration; `---` ends it.
awk '/^=== / { n++; on = 1; next } /^---/ { on = 0 } on && !/^[$] / { print > ("corpus/relay_config/case-" n) }' ../delivery/event-relay/tests/config/errors.txt
sed -n '/```toml/,/```$/s|^//! \{0,1\}||p' ../delivery/event-relay/src/config/mod.rs | grep -v '^```' >corpus/relay_config/whole
