import CampaignStore
import Campaigns
import Crypto
import Foundation
import ListImport
import PhoneNumbers

/// A list's file on its way into the store.
struct ListFile {
    let path: String

    init(_ path: String) throws {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw CommandFailure("There is no file \(path); check the path.")
        }
        guard !isFolder.boolValue, FileManager.default.isReadableFile(atPath: path) else {
            throw CommandFailure("\(path) cannot be read as a file; check that it is one, and its permissions.")
        }
        self.path = path
    }

    /// Reads every row and stores it, all in one transaction.
    func load(
        into store: CampaignStore, campaign: StoredCampaign, list: String?, overrides: [String: String],
        region: String, at now: Instant
    ) throws -> ImportCounts {
        let url = URL(fileURLWithPath: path)
        let atlas = try ShareDirectory.atlas()
        var reader = try ListReader(
            file: url, region: region, overrides: overrides, numbers: NumberReader(atlas: atlas), atlas: atlas)
        let options =
            overrides.sorted { $0.key < $1.key }.map { "--map \($0.key)=\($0.value)" } + ["--region \(region)"]
        return try store.importList(
            campaign: campaign.id, list: list ?? url.deletingPathExtension().lastPathComponent, file: path,
            sha256: sha256(), options: options.joined(separator: " "), at: now
        ) { importer in
            while let batch = try reader.nextBatch() {
                for row in batch {
                    switch row {
                    case .contact(let candidate): try importer.add(NewContact(candidate))
                    case .quarantined(let bad):
                        try importer.quarantine(
                            NewQuarantinedRow(row: bad.row, line: bad.line, raw: bad.raw, reason: bad.reason))
                    }
                }
            }
        }
    }

    /// The SHA-256 of the file, read in pieces.
    private func sha256() throws -> String {
        let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
        defer { try? handle.close() }
        var hash = SHA256()
        while let piece = try handle.read(upToCount: 1 << 20), !piece.isEmpty { hash.update(data: piece) }
        return hash.finalize().map { byte in
            let text = String(byte, radix: 16)
            return text.count == 1 ? "0" + text : text
        }.joined()
    }
}

extension NewContact {
    /// A contact as the list reader understood it.
    init(_ candidate: ContactCandidate) {
        self.init(
            name: candidate.name, externalID: candidate.externalID, priority: candidate.priority,
            numbers: candidate.numbers.map { entry in
                NewContact.Number(
                    number: entry.reading.number, fileExtension: entry.reading.extension, kind: entry.reading.kind,
                    validity: entry.reading.validity,
                    area: Area(
                        zones: entry.location.zones, region: entry.location.region,
                        jurisdiction: entry.location.jurisdiction))
            }, fields: candidate.fields.map { [$0.name, $0.value] })
    }
}
