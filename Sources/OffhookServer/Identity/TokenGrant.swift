import CallingRules
import CampaignStore
import Campaigns
import Foundation
import HTTPTypes

/// Keys of programs.
public enum TokenGrant {
    /// Days until a token ends where nobody says otherwise.
    public static let standardDays = 90
    /// Days that somebody may say.
    public static let possibleDays = 1...3650
    /// How long tokens go on that were made without an end, by versions in which that was possible.
    public static let restOfEndless: Duration = .seconds(90 * 86_400)
    /// How long before its end the owner of a token is warned.
    public static let warning: Duration = .seconds(14 * 86_400)

    /// The header of RFC 8594 in answers to a token whose owner is to be warned: when it ends.
    static let sunset = HTTPField.Name("Sunset")

    /// Makes a token; it is stored as a hash alone, so that this is the only time it can be shown.
    ///
    /// - Parameters:
    ///   - name: what it is for, 1 to 64 characters.
    ///   - scopes: what it may do, at least one.
    ///   - endsAt: when it ends.
    /// - Returns: its number, and the token itself.
    /// - Throws: `StoreError.refused` for a name that cannot be one, for no scope, and for an end that is over.
    public static func make(
        for user: User, named name: String, scopes: Set<TokenScope>, endsAt: Instant, _ store: CampaignStore,
        _ now: Instant
    ) throws -> (number: Int64, secret: String) {
        let secret = SecretText.random()
        let number = try store.addToken(
            hash: SecretText.hash(of: secret), name: name, user: user.id, scopes: Set(scopes.map(\.rawValue)),
            expiresAt: endsAt, at: now)
        return (number, secret)
    }

    /// When a token ends, where its owner is to be warned of that: soon, or though it was made without an end.
    public static func end(toWarnOf token: APIToken, at now: Instant) -> Instant? {
        guard let end = token.expiresAt, token.revokedAt == nil, now < end else { return nil }
        return token.isEndImposed || end.since(now) <= warning ? end : nil
    }

    /// The sentence of a warning.
    public static func warning(of token: APIToken, endsOn date: String) -> String {
        token.isEndImposed
            ? "The token “\(token.name)” was made without an end; since this version each has one. It ends on \(date)."
            : "The token “\(token.name)” ends on \(date)."
    }

    /// Gives tokens of former versions that have no end one, and writes that down.
    static func endEndless(_ store: CampaignStore, at now: Instant) throws {
        let count = try store.endTokensWithoutEnd(after: restOfEndless, at: now)
        guard count > 0 else { return }
        try store.audit(
            "tokens_given_an_end", by: nil, from: "start of the server",
            detail: "\(count) token\(count == 1 ? "" : "s") until \((now + restOfEndless).iso8601)", at: now)
    }
}

/// Dates in headers (RFC 9110, section 5.6.7).
enum HTTPDate {
    /// Such as `Tue, 10 Mar 2026 14:00:00 GMT`.
    static func text(_ instant: Instant) -> String {
        let day = instant.wholeSeconds / 86_400
        let date = CivilDate(daysSince1970: day)
        let weekday = Weekday(daysSince1970: day).shortName
        // `2026-03-10T14:00:00.000Z` has the digits.
        let time = instant.iso8601.dropFirst(11).prefix(8)
        return
            "\(weekday.prefix(1).uppercased())\(weekday.dropFirst()), \(date.day < 10 ? "0" : "")\(date.day) \(ViewerTime.months[date.month - 1]) \(date.year) \(time) GMT"
    }
}
