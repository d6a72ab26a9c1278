/// Kinds of files that people take for lists, told by their first bytes.
enum FileKind {
    private static let known: [(start: [UInt8], kind: String)] = [
        (Array("PK\u{3}\u{4}".utf8), "a zip archive in another archive"),
        ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], "an old Excel workbook"),
        (Array("%PDF-".utf8), "a PDF"),
        ([0x1F, 0x8B], "a gzip archive in another archive"),
        (Array("SQLite format 3\u{0}".utf8), "a SQLite database"),
    ]

    /// What the file is, if it is none that holds delimited text.
    static func withoutText(_ sample: [UInt8]) -> String? {
        if sample.count > 262, sample[257..<262].elementsEqual("ustar".utf8) { return "a tar archive" }
        // Nothing that a list begins with; the registries' own XML is read.
        let start = sample.drop { [0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF].contains($0) }.prefix(64)
        let text = String(decoding: start, as: UTF8.self).lowercased()
        let isMarkup = ["<?xml", "<!doctype", "<html", "<table", "<contacts", "<list", "<dnc"].contains(
            where: text.hasPrefix)
        if isMarkup, !sample.withUnsafeBytes(RegistryXML.isOne) { return "an XML or HTML file" }
        return known.first { sample.starts(with: $0.start) }?.kind
    }
}
