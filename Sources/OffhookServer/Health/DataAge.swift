import CallingRules
import CampaignStore
import Campaigns
import CivilTime
import Eligibility
import Foundation
import NIOSSL
import Supervision

/// Something that the service relies on and that gets old: a do-not-call registry, a rule pack, time zone data, a certificate.
struct DataAge: Sendable, Hashable {
    /// What it is.
    enum Kind: String, Sendable, Hashable, CaseIterable {
        case registry
        case zoneData = "zone_data"
        case rulePack = "rule_pack"
        case certificate
    }

    /// Whether it still serves.
    enum State: String, Sendable, Hashable {
        case good
        /// It stops serving before long.
        case old
        /// It does not serve any more.
        case expired
        /// It was never there.
        case missing
    }

    var kind: Kind
    var name: String
    /// When it was loaded or issued; nil where it is missing.
    var since: Instant?
    /// When it stops serving; nil for never.
    var until: Instant?
    var state: State
    /// What to say of it in the place of the usual words, with what to do; nil for those.
    var warning: String?

    /// Its kind for people.
    var label: String {
        switch kind {
        case .registry: "Do-not-call registry"
        case .rulePack: "Rule pack"
        case .zoneData: "Time zone data"
        case .certificate: "Certificate"
        }
    }
}

extension DataAge {
    /// A registry that is so near its end is to be renewed.
    private static let registryWarning: Duration = .seconds(7 * 24 * 3600)
    /// The same for a certificate.
    private static let certificateWarning: Duration = .seconds(14 * 24 * 3600)

    /// All data that age, of the campaigns that are not archived: registries first, the oldest of each kind first.
    ///
    /// - Throws: `StoreError`; where rule packs cannot be read.
    static func all(
        in store: CampaignStore, _ share: ShareData, _ configuration: ServerConfiguration, at now: Instant
    ) throws -> [DataAge] {
        let packs = try share.packs(with: store)
        let campaigns = try store.campaigns().filter { $0.state != .archived }
        return try sorted(registries(of: campaigns, packs, share.clocks, in: store, at: now))
            + sorted(rulePacks(of: campaigns, packs, at: now))
            + [zoneData(share.zones, at: now), certificate(configuration, at: now)].compactMap { $0 }
    }

    private static func sorted(_ ages: [DataAge]) -> [DataAge] {
        ages.sorted { ($0.until?.milliseconds ?? .max, $0.name) < ($1.until?.milliseconds ?? .max, $1.name) }
    }

    /// The registries that campaigns name, each under the strictest of its limits, and those that none names.
    private static func registries(
        of campaigns: [StoredCampaign], _ packs: [String: RulePack], _ clocks: ZoneClocks, in store: CampaignStore,
        at now: Instant
    ) throws -> [DataAge] {
        var ages: [String: DataAge] = [:]
        for stored in campaigns where !stored.campaign.suppression.registries.isEmpty {
            let book = try? RuleBook(names: stored.campaign.callingRules.packs, among: packs)
            let rules = EligibilityRules(campaign: stored.campaign, book: book ?? RuleBook([]), clocks: clocks)
            let limit = rules.oldestRegistry(at: now)
            let loaded = try store.registriesLoaded(for: stored.id)
            for name in stored.campaign.suppression.registries {
                let since = loaded[name]
                let until = since.map { $0 + limit }
                if let known = ages[name], (known.until ?? now) <= (until ?? now) { continue }
                ages[name] = DataAge(
                    kind: .registry, name: name, since: since, until: until,
                    state: since == nil ? .missing : state(until: until, registryWarning, at: now))
            }
        }
        for source in try store.suppressionSources() where !source.name.isEmpty && ages[source.name] == nil {
            ages[source.name] = DataAge(
                kind: .registry, name: source.name, since: source.currentAt, until: nil, state: .good)
        }
        return Array(ages.values)
    }

    private static func rulePacks(
        of campaigns: [StoredCampaign], _ packs: [String: RulePack], at now: Instant
    ) -> [DataAge] {
        var ages: [String: DataAge] = [:]
        for stored in campaigns {
            let rules = stored.campaign.callingRules
            for pack in rules.packs.compactMap({ packs[$0] }) {
                guard let age = pack.age(at: now) else { continue }
                let issued = now - age
                let until = issued + rules.packAge.stop
                if let known = ages[pack.name]?.until, known <= until { continue }
                ages[pack.name] = DataAge(
                    kind: .rulePack, name: "\(pack.name) \(pack.version)", since: issued, until: until,
                    state: state(until: until, rules.packAge.stop - rules.packAge.warn, at: now))
            }
        }
        return Array(ages.values)
    }

    /// The system's time zone data. Old ones stop nothing: the next look at them is when somebody changes a clock.
    private static func zoneData(_ zones: ZoneSource, at now: Instant) -> DataAge {
        let (data, second) = (zones.data, now.wholeSeconds)
        let released = data.version.releasedOnDay.map { Instant(milliseconds: $0 * 86_400_000) }
        return DataAge(
            kind: .zoneData, name: "\(data.version)", since: zones.problem == nil ? released : nil, until: nil,
            state: zones.problem != nil ? .missing : data.version.isOld(at: second) ? .old : .good,
            warning: zones.problem?.description ?? data.warning(at: second))
    }

    /// The server's own certificate, as its file has it now.
    private static func certificate(_ configuration: ServerConfiguration, at now: Instant) -> DataAge? {
        guard let path = configuration.tls?.certificate,
            let first = try? NIOSSLCertificate.fromPEMFile(path).first
        else { return nil }
        let since = Instant(milliseconds: Int64(first.notValidBefore) * 1000)
        let until = Instant(milliseconds: Int64(first.notValidAfter) * 1000)
        return DataAge(
            kind: .certificate, name: "of this server", since: since, until: until,
            state: state(until: until, certificateWarning, at: now))
    }

    private static func state(until: Instant?, _ warning: Duration, at now: Instant) -> State {
        guard let until else { return .good }
        if until < now { return .expired }
        return until - warning < now ? .old : .good
    }
}
