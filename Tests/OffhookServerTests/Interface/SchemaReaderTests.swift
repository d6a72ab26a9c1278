import Testing

@testable import OffhookServer

@Suite("Schemas of types") struct SchemaReaderTests {
    private struct Inner: Codable, Sendable {
        var seconds: Double
    }

    private enum Colour: String, Codable, CaseIterable, Sendable {
        case red, green
    }

    private struct Outer: Codable, Sendable {
        var firstName: String
        var age: Int?
        var inner: Inner
        var inners: [Inner]
        var counts: [String: Int]
        var colour: Colour
        var anything: JSONValue?
    }

    @Test("properties, what is required, arrays, dictionaries and words are as the type is decoded")
    func read() {
        let inner: JSONValue = [
            "type": "object", "properties": ["seconds": ["type": "number"]], "required": ["seconds"],
        ]
        #expect(
            SchemaReader.schema(of: Outer.self, known: [:]) == [
                "type": "object",
                "properties": [
                    "first_name": ["type": "string"], "age": ["type": "integer"], "inner": inner,
                    "inners": ["type": "array", "items": inner],
                    "counts": ["type": "object", "additionalProperties": ["type": "integer"]],
                    "colour": ["type": "string", "enum": ["red", "green"]], "anything": [:],
                ], "required": ["colour", "counts", "first_name", "inner", "inners"],
            ])
    }

    @Test("a type with a schema of its own is referred to; a time by its name is one")
    func catalog() {
        var catalog = SchemaCatalog()
        catalog.add(Inner.self)
        catalog.add(Outer.self, details: ["first_name": ["maxLength": 5]], example: ["first_name": "Ada"])
        let outer = catalog.schemas()["Outer"]
        #expect(outer?["properties"]?["inner"] == ["$ref": "#/components/schemas/Inner"])
        #expect(outer?["properties"]?["first_name"] == ["type": "string", "maxLength": 5])
        #expect(outer?["examples"] == [["first_name": "Ada"]])
        catalog.add(EventView.self)
        #expect(catalog.schemas()["EventView"]?["properties"]?["at"]?["format"] == "date-time")
    }

    @Test("the validator of these tests finds what does not fit")
    func validator() {
        var catalog = SchemaCatalog()
        catalog.add(Inner.self)
        catalog.add(Outer.self)
        let document: JSONValue = ["components": ["schemas": .object(catalog.schemas())]]
        let validator = SchemaValidator(document: document)
        let good: JSONValue = [
            "first_name": "Ada", "inner": ["seconds": 1], "inners": [], "counts": ["a": 1], "colour": "red",
        ]
        let schema: JSONValue = ["$ref": "#/components/schemas/Outer"]
        #expect(validator.problems(good, schema).isEmpty)
        let spoiled: [[String: JSONValue]] = [
            ["first_name": 1], ["colour": "blue"], ["counts": ["a": "b"]], ["inners": [["seconds": "x"]]],
            ["inner": [:]], ["stranger": 1],
        ]
        for more in spoiled { #expect(!validator.problems(good.merging(more), schema).isEmpty, "\(more)") }
    }
}
