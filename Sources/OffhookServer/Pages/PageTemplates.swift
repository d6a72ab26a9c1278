import CampaignStore
import Foundation
import Mustache

/// The templates of `web/templates`, read once: servers of one process may share them.
public struct PageTemplates: Sendable {
    let library: MustacheLibrary

    /// Reads the templates.
    ///
    /// - Parameter share: Offhook's share folder.
    /// - Throws: where one is missing or wrong, as a sentence.
    public init(share: URL) throws {
        let folder = share.appendingPathComponent("web/templates").standardizedFileURL
        guard let found = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil) else {
            throw StoreError.refused(
                "The folder \(folder.path) cannot be read; set OFFHOOK_SHARE to Offhook's share folder.")
        }
        var templates: [String: MustacheTemplate] = [:]
        for case let url as URL in found where url.pathExtension == "mustache" {
            let name = String(url.standardizedFileURL.path.dropFirst(folder.path.count + 1).dropLast(".mustache".count))
            do {
                templates[name] = try MustacheTemplate(string: String(contentsOf: url, encoding: .utf8))
            } catch {
                throw StoreError.refused("The template \(url.path) cannot be read: \(error)")
            }
        }
        library = MustacheLibrary(templates: templates)
    }
}
