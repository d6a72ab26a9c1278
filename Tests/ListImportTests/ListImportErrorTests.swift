import ListImport
import Testing

@Suite("A problem with a whole list")
struct ListImportErrorTests {
    @Test(
        "is a sentence that says what to do",
        arguments: [
            .cannotOpen(path: "a.csv", reason: "No such file"),
            .cannotRead(path: "a.csv", reason: "Input/output error"),
            .noHeader(path: "a.csv"), .unreadableHeader(path: "a.csv", line: 1, problem: .notUTF8(column: 1)),
            .unknownRegion("XX"), .noPhoneColumn(headers: ["a"]), .unknownColumn("a", nearest: ["b"]),
            .columnRepeated("a"),
            .unknownField("a", column: "b", nearest: ["c"]), .fieldMappedTwice(field: "phone", columns: ["a", "b"]),
        ] as [ListImportError])
    func sentences(error: ListImportError) {
        #expect(error.description.hasSuffix("."))
        #expect(error.description.contains(": "))
        #expect(!error.description.contains(".."))
    }
}
