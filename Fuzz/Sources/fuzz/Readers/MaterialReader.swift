import Cases

/// Material files and what is said of them.
@Sendable func readMaterial(_ bytes: [UInt8]) {
    do throws(CaseErrors) {
        let record = try MaterialRecord(bytes: bytes, path: "material.yaml")
        let description = MaterialDescription(of: record)
        require(!description.text().isEmpty && !description.summary().isEmpty, "a material without a description")
        require((try? description.json())?.isEmpty == false, "a material without its JSON")
        for parameter in record.parameters { require(!parameter.path.isEmpty, "a number without a key") }
    } catch {
        requirePlaces(of: error, in: bytes, of: "material.yaml")
    }
}
