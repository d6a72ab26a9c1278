import Foundation
import Hummingbird
import Reports

/// The parameters of a report in an address, kept from one link to the next.
struct ReportAddress: Sendable, Hashable {
    private var fields: [(name: String, value: String)]

    /// What an address asks of a report; of the rest of it, such as the format, nothing is kept.
    ///
    /// A form whose dates were emptied asks for all time; an address without dates for the usual stretch.
    init(_ request: Request, zone: String, usualPeriod: String, of options: Set<ReportOption>) {
        let query = QueryFields(request)
        fields = ReportOption.allCases.filter(options.contains).compactMap { option in
            query.text(option.rawValue).map { (option.rawValue, $0) }
        }
        if options.contains(.since), self["since"] == nil, self["until"] == nil {
            fields.insert(("since", request.search["since"] == nil ? usualPeriod : "all"), at: 0)
        }
        fields.append(("zone", zone))
    }

    /// The value of a parameter; nil where it is not asked for.
    subscript(name: String) -> String? { fields.first { $0.name == name }?.value }

    /// The address of something under the same parameters.
    ///
    /// - Parameters:
    ///   - path: without a query.
    ///   - changes: parameters that are others there; nil for one that is left out.
    func link(_ path: String, _ changes: KeyValuePairs<String, String?> = [:]) -> String {
        let changed = Set(changes.map(\.key))
        let kept = fields.filter { !changed.contains($0.name) }
        let added = changes.compactMap { name, value in value.map { (name: name, value: $0) } }
        let query = (kept + added).map { "\($0.name)=\(Self.encoded($0.value))" }.joined(separator: "&")
        return query.isEmpty ? path : "\(path)?\(query)"
    }

    private static func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics.union(CharacterSet(charactersIn: "-._"))) ?? ""
    }

    static func == (left: Self, right: Self) -> Bool { left.link("") == right.link("") }
    func hash(into hasher: inout Hasher) { hasher.combine(link("")) }
}
