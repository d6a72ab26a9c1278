import ArgumentParser
import CampaignStore
import Campaigns
import Crypto
import Foundation
import ListImport
import PhoneNumbers
import Reports

/// `offhook import`: a CSV list into a campaign.
struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Read a CSV list into a campaign; bad rows are kept aside with their reason.")
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions
    @Option(help: "The campaign.") var campaign: String
    @Option(help: "The list's name; by default the file's.") var list: String?
    @Option(help: "column=field, such as --map 'Mobile No=phone2'; may stand several times.") var map: [String] = []
    @Option(help: "Region in which national numbers are read; by default the campaign's.") var region: String?
    @Argument(help: "The file.") var file: String

    func run() async throws {
        let store = try database.open()
        let stored = try store.campaign(named: campaign)
        let region = (region ?? stored.campaign.region).uppercased()
        guard NumberReader.isKnownRegion(region) else {
            throw CommandFailure("“\(region)” is no region; write an ISO country code such as US.")
        }
        let counts = try ListFile(file).load(
            into: store, campaign: stored, list: list, overrides: overrides(), region: region, at: database.now)
        switch output.format {
        case .json:
            let encoder = JSONEncoder()
            encoder.outputFormatting = .sortedKeys
            print(String(decoding: try encoder.encode(counts), as: UTF8.self))
        case .csv, .table:
            output.print(ImportSummary.table(counts), empty: "")
            if counts.quarantined > 0, output.format == .table, let latest = try store.imports().first {
                print("\nWhy rows were quarantined: offhook imports show \(latest.id)")
            }
        }
    }

    private func overrides() throws -> [String: String] {
        var result: [String: String] = [:]
        for entry in map {
            guard let split = entry.lastIndex(of: "="), split > entry.startIndex else {
                throw CommandFailure("--map takes column=field, such as --map 'Mobile No=phone2', not “\(entry)”.")
            }
            let column = String(entry[..<split]).trimmingCharacters(in: .whitespaces)
            guard result[column] == nil else {
                throw CommandFailure("--map names the column “\(column)” twice.")
            }
            result[column] = String(entry[entry.index(after: split)...]).trimmingCharacters(in: .whitespaces)
        }
        return result
    }
}

/// What an import did, for people.
enum ImportSummary {
    static func table(_ counts: ImportCounts) -> Table {
        Table(
            columns: ["read", "imported", "updated", "duplicates", "quarantined", "suppressed"],
            rows: [
                [
                    Cell(counts.read), Cell(counts.imported), Cell(counts.updated), Cell(counts.duplicates),
                    Cell(counts.quarantined), Cell(counts.suppressed),
                ]
            ])
    }
}
