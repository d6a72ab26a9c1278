import Foundation
import ListImport
import PhoneNumbers
import Testing

/// A list in a file of its own, removed with the value.
final class ListFixture {
    let file = FileManager.default.temporaryDirectory.appending(path: "list-\(UUID().uuidString).csv")

    static let atlas: Result<NumberAtlas, AtlasProblem> = Result { () throws(AtlasProblem) in
        try NumberAtlas(
            directory: URL(filePath: #filePath)
                .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
                .appending(path: "share/number-data"))
    }

    init(_ text: String) throws {
        try Data(text.utf8).write(to: file)
    }

    deinit {
        try? FileManager.default.removeItem(at: file)
    }

    func reader(region: String = "US", overrides: [String: String] = [:]) throws -> ListReader {
        let atlas = try Self.atlas.get()
        return try ListReader(
            file: file, region: region, overrides: overrides, numbers: NumberReader(atlas: atlas), atlas: atlas)
    }

    func rows(region: String = "US", overrides: [String: String] = [:], limit: Int = 5000) throws -> [ListRow] {
        var reader = try reader(region: region, overrides: overrides)
        var rows: [ListRow] = []
        while let batch = try reader.nextBatch(limit: limit) {
            #expect((1...limit).contains(batch.count))
            rows += batch
        }
        return rows
    }
}

extension ListRow {
    var contact: ContactCandidate? {
        if case .contact(let contact) = self { contact } else { nil }
    }

    var quarantined: QuarantinedRow? {
        if case .quarantined(let row) = self { row } else { nil }
    }
}

extension ContactCandidate {
    var e164: [String] { numbers.map(\.reading.number.e164) }
}
