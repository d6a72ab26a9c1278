import CallingRules
import Campaigns
import PhoneNumbers
import Reports

/// Places as people name them to close and open them.
public enum PlaceText {
    /// A place by its code: `US-LA`, `PR`; a territory of the United States by its own.
    ///
    /// - Throws: `SupervisionError`, which names what was meant.
    public static func read(_ text: String, atlas: NumberAtlas) throws -> String {
        let code = text.filter { $0 != " " }.uppercased()
        let parts = code.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let region = parts[0]
        if NumberReader.isKnownRegion(region) {
            guard parts.count == 2 else { return code }
            let known = atlas.subdivisions(ofRegion: region)
            if known.contains(code) { return Area.place(code) }
            let meant = atlas.state(named: parts[1], region: region)?.jurisdictions.first
            throw SupervisionError(
                "“\(text)” is not a part of \(region) that is known"
                    + (meant.map { "; did you mean “\($0)”?" } ?? NearestName.hint(code, among: known.sorted())))
        }
        throw SupervisionError(
            "“\(text)” is not a place; write a country such as CA, or a part of one such as US-LA.")
    }

    /// The last day of a closure.
    ///
    /// - Throws: `SupervisionError` where it is not a day, or over.
    public static func lastDay(_ text: String, at now: Instant) throws -> CivilDate {
        guard let day = CivilDate(text) else {
            throw SupervisionError("“\(text)” is not a day; write the last day of the closure, such as 2026-12-31.")
        }
        let today = CivilDate(daysSince1970: (now.milliseconds - 12 * 3_600_000) / 86_400_000)
        guard day >= today else { throw SupervisionError("\(text) is over; write a day to come.") }
        return day
    }

    /// Why a place is closed.
    ///
    /// - Throws: `SupervisionError` where nobody says it, or at too great a length.
    public static func source(_ text: String) throws -> String {
        let source = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard (1...300).contains(source.count) else {
            throw SupervisionError(
                "Say who declared the emergency and where that can be read, in 1 to 300 characters, such as "
                    + "“Proclamation 41 JBE 2026”.")
        }
        return source
    }

    /// Closures, a row each.
    public static func table(of closures: [PlaceClosure]) -> Table {
        Table(
            columns: ["place", "until", "source", "closed_at", "closed_by"],
            rows: closures.map {
                [
                    .text($0.place), .text($0.until.text), .text($0.source), .text($0.closedAt.iso8601),
                    .text($0.closedBy),
                ]
            })
    }
}

extension PlaceClosure {
    /// `until 2026-12-31: SOURCE`, for the audit log.
    public var detail: String { "until \(until.text): \(source)" }
}
