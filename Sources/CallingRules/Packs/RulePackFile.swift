import Campaigns
import PhoneNumbers
import Yams

/// Reads a rule pack's file.
public enum RulePackFile {
    /// The pack in a text.
    ///
    /// - Parameter atlas: what is known of states and provinces, for a file that a person wrote; nil for a pack that was
    ///   looked at before.
    /// - Throws: `FileProblems` with every mistake, its line and what to do.
    public static func read(
        _ text: String, file: String, atlas: NumberAtlas? = nil
    ) throws(FileProblems) -> RulePack {
        let document = YAMLDocument(file: file)
        guard let root = document.root(of: text) else { throw FileProblems(document.problems) }
        let name = root.required("pack") ?? ""
        if !name.isEmpty, !CampaignFile.isName(name) || name == "none" {
            root.report("“pack” must be letters, digits, hyphens or underscores, and not “none”", at: "pack")
        }
        let version = root.required("version") ?? ""
        let dated = CivilDate(version)
        if !version.isEmpty, dated == nil {
            root.report("“version” must be the day on which the pack was checked, such as 2026-11-01", at: "version")
        }
        let regions = readRegions(root)
        var rules: [RulePack.Rule] = []
        for node in root.sequence("rules") ?? [] {
            guard let mapping = document.mapping(node, what: "a rule") else { continue }
            let reader = PackRuleReader(mapping: mapping, document: document, dated: dated)
            if let rule = reader.read(placeProblem: { problem(ofPlace: $0, regions: regions, atlas: atlas) }) {
                rules.append(rule)
            }
        }
        if root.node("rules") == nil { root.report("the pack needs the key “rules”: a list of rules", at: "rules") }
        root.finish()
        do {
            try document.throwIfAny()
        } catch {
            throw error
        }
        return RulePack(name: name, version: version, regions: regions, rules: rules)
    }

    private static func readRegions(_ root: YAMLMapping) -> Set<String> {
        guard let node = root.node("region") else {
            root.report("the pack needs the key “region”: US, or a list of regions", at: "region")
            return []
        }
        let texts = node.scalar.map { [$0.string] } ?? (root.sequence("region") ?? []).compactMap { $0.scalar?.string }
        for text in texts {
            if let problem = RegionCode.problem(text) { root.report(problem, at: "region") }
        }
        return Set(texts)
    }

    /// Why a rule could never hold in a place; nil where it can.
    private static func problem(ofPlace place: String, regions: Set<String>, atlas: NumberAtlas?) -> String? {
        let parts = place.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let region = parts[0]
        guard regions.contains(region) else {
            let known = regions.sorted().joined(separator: ", ")
            return "“\(place)” lies in none of the pack's regions (\(known)); write US, or a part of it such as US-FL"
        }
        guard parts.count == 2 else { return nil }
        let known = atlas?.subdivisions(ofRegion: region) ?? []
        if known.isEmpty {
            let isCode =
                (1...3).contains(parts[1].count)
                && parts[1].allSatisfy { $0.isASCII && ($0.isUppercase || $0.isNumber) }
            return isCode ? nil : "“\(place)” is no ISO 3166-2 code of a part of \(region), such as US-FL"
        }
        if known.contains(place) { return nil }
        let meant = atlas?.state(named: parts[1], region: region)?.jurisdictions.first.map { "; did you mean “\($0)”?" }
        return "“\(place)” is no part of \(region) that is known"
            + (meant ?? NearestName.hint(place, among: known.sorted()))
    }
}
