#!/bin/sh
# Makes a corpus from the rules' fixtures: one document, or two with a zero byte between them.
set -eu
cd "$(dirname "$0")"
mkdir -p corpus/document corpus/pair
for rule in ../event-schema/tests/compat/rules/*/; do
    name=$(basename "$rule")
    cp "$rule/old.json" "corpus/document/$name-old"
    cp "$rule/new.json" "corpus/document/$name-new"
    { cat "$rule/old.json"; printf '\0'; cat "$rule/new.json"; } >"corpus/pair/$name"
done
