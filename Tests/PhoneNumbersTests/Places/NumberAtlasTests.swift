import Foundation
import PhoneNumbers
import Testing

@Suite("The place of a number")
struct NumberAtlasTests {
    let atlas: NumberAtlas

    init() throws {
        atlas = try NumberData.atlas()
    }

    func location(_ e164: String) throws -> NumberLocation {
        let number = try #require(PhoneNumber(e164: e164))
        return atlas.location(of: number, region: NumberReader().reading(of: number)?.region)
    }

    @Test(
        "is that of its North American area code, with every zone the area keeps",
        arguments: [
            ("+12125550123", "US", "US-NY", ["America/New_York"]),
            ("+18505550123", "US", "US-FL", ["America/Chicago", "America/New_York"]),
            ("+14485550123", "US", "US-FL", ["America/Chicago", "America/New_York"]),
            ("+19155550123", "US", "US-TX", ["America/Denver"]),
            ("+19285550123", "US", "US-AZ", ["America/Denver", "America/Phoenix"]),
            ("+16025550123", "US", "US-AZ", ["America/Phoenix"]),
            ("+12085550123", "US", "US-ID", ["America/Boise", "America/Los_Angeles"]),
            ("+15415550123", "US", "US-OR", ["America/Boise", "America/Los_Angeles"]),
            ("+13085550123", "US", "US-NE", ["America/Chicago", "America/Denver"]),
            ("+14235550123", "US", "US-TN", ["America/Chicago", "America/New_York"]),
            ("+19065550123", "US", "US-MI", ["America/Detroit", "America/Menominee"]),
            ("+18085550123", "US", "US-HI", ["Pacific/Honolulu"]),
            ("+16715550123", "GU", "US-GU", ["Pacific/Guam"]),
            ("+17875550123", "PR", "US-PR", ["America/Puerto_Rico"]),
            ("+14165550123", "CA", "CA-ON", ["America/Toronto"]),
            ("+18075550123", "CA", "CA-ON", ["America/Atikokan", "America/Toronto", "America/Winnipeg"]),
            ("+17095550123", "CA", "CA-NL", ["America/Goose_Bay", "America/St_Johns"]),
            ("+14185550123", "CA", "CA-QC", ["America/Blanc-Sablon", "America/Halifax", "America/Toronto"]),
            ("+19025550123", "CA", "CA", ["America/Glace_Bay", "America/Halifax"]),
            ("+18765550123", "JM", "JM", ["America/Jamaica"]),
        ])
    func northAmerica(e164: String, region: String, jurisdiction: String, zones: [String]) throws {
        #expect(try location(e164) == NumberLocation(region: region, zones: zones, jurisdiction: jurisdiction))
    }

    @Test(
        "of a toll-free number is anywhere in the US, under no one's rules",
        arguments: ["+18002345678", "+18335550123"])
    func tollFree(e164: String) throws {
        let location = try location(e164)
        #expect(location.region == "US")
        #expect(location.jurisdiction == nil)
        #expect(location.zones == atlas.zones(ofRegion: "US"))
        #expect(location.zones.contains("Pacific/Honolulu"))
        #expect(location.zones.contains("America/New_York"))
    }

    @Test("of an area code that no table knows is unknown, or anywhere in the region that the reading gave")
    func unknownAreaCode() throws {
        let number = try #require(PhoneNumber(e164: "+12995550123"))
        #expect(atlas.location(of: number, region: nil) == .unknown)
        let american = atlas.location(of: number, region: "US")
        #expect(american.jurisdiction == nil)
        #expect(american.zones == atlas.zones(ofRegion: "US"))
    }

    @Test("of an area code too young for the library is that of the table")
    func youngAreaCode() throws {
        #expect(
            try location("+17285550123")
                == NumberLocation(region: "US", zones: ["America/New_York"], jurisdiction: "US-FL"))
    }

    @Test("abroad is that of the region")
    func abroad() throws {
        #expect(
            try location("+442079460000") == NumberLocation(region: "GB", zones: ["Europe/London"], jurisdiction: "GB"))
        let russian = try location("+74951234567")
        #expect(russian.jurisdiction == "RU")
        #expect(russian.zones.contains("Europe/Kaliningrad"))
        #expect(russian.zones.contains("Asia/Kamchatka"))
    }

    @Test("of a fixed line abroad is told by its first digits; of a mobile it is all of the country")
    func fixedLine() throws {
        let atlas = try NumberData.atlas()
        let moscow = try #require(PhoneNumber(e164: "+74951234567"))
        #expect(atlas.location(of: moscow, region: "RU", kind: .fixedLine).zones == ["Europe/Moscow"])
        #expect(atlas.location(of: moscow, region: "RU", kind: .mobile).zones.count > 5)
    }

    @Test("of an Australian fixed line is narrower than the continent; of a mobile it is not")
    func australia() throws {
        #expect(try location("+61731234567").zones == ["Australia/Brisbane", "Australia/Lindeman", "Australia/Sydney"])
        #expect(try location("+61731234567").jurisdiction == "AU")
        #expect(try location("+61412345678").zones == atlas.zones(ofRegion: "AU"))
    }

    @Test("of a number that fits none of the regions of its country code may be in each of them")
    func sharedCode() throws {
        let location = try location("+444155550123")
        #expect(location.region == nil)
        #expect(location.jurisdiction == nil)
        #expect(location.zones == ["Europe/Guernsey", "Europe/Isle_of_Man", "Europe/Jersey", "Europe/London"])
        #expect(try self.location("+80012345678") == .unknown)
    }

    @Test("cannot be told without the tables, and the problem names the file")
    func missing() {
        let problem = #expect(throws: AtlasProblem.self) {
            try NumberAtlas(directory: URL(filePath: "/nonexistent/number-data"))
        }
        guard case .unreadable(let file, _) = problem else {
            Issue.record("not .unreadable: \(String(describing: problem))")
            return
        }
        #expect(file == "/nonexistent/number-data/regions.tsv")
        #expect(problem?.description.contains("OFFHOOK_SHARE") == true)
    }

    @Test(
        "cannot be told from damaged tables, and the problem names the line",
        arguments: [
            ("nanp.tsv", "212\tUS\tUS-NY\n", 1), ("nanp.tsv", "# x\n\n212\tXX\tUS-NY\tAmerica/New_York\n", 3),
            ("nanp.tsv", "212\tUS\t-\t-\n212\tUS\t-\t-\n", 2), ("nanp.tsv", "21\tUS\t-\t-\n", 1),
            ("nanp.tsv", "212\tUS\t\t-\n", 1), ("areas.tsv", "61x\tUS\tUS\t-\n", 1), ("regions.tsv", "US\n", 1),
        ])
    func damaged(file: String, text: String, line: Int) throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "atlas-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        var tables = ["regions.tsv": "US\tAmerica/New_York\n", "nanp.tsv": "", "areas.tsv": ""]
        tables[file] = text
        for (name, content) in tables {
            try Data(content.utf8).write(to: directory.appending(path: name))
        }
        let problem = #expect(throws: AtlasProblem.self) { try NumberAtlas(directory: directory) }
        guard case .malformed(let path, line, _) = problem else {
            Issue.record("not .malformed in line \(line): \(String(describing: problem))")
            return
        }
        #expect(path.hasSuffix("/" + file))
        #expect(problem?.description.contains("line \(line)") == true)
    }
}
