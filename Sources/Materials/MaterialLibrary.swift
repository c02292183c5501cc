/// The material files that come with Mesolith: built into the program, so that a binary copied to another machine has them.
public enum MaterialLibrary {
    /// A file of the library.
    public struct File: Sendable {
        /// Its name, such as `li-mg.yaml`.
        public let name: String
        /// Its text in UTF-8.
        public let bytes: [UInt8]
    }

    /// Every file of the folder `Library`.
    public static let files: [File] = [
        File(name: "cost507-li-mg.tdb", bytes: PackageResources.cost507_li_mg_tdb),
        File(name: "cu.yaml", bytes: PackageResources.cu_yaml),
        File(name: "li.yaml", bytes: PackageResources.li_yaml),
        File(name: "li-li3ps4.yaml", bytes: PackageResources.li_li3ps4_yaml),
        File(name: "li-llzo.yaml", bytes: PackageResources.li_llzo_yaml),
        File(name: "li-lpscl.yaml", bytes: PackageResources.li_lpscl_yaml),
        File(name: "li-mg.yaml", bytes: PackageResources.li_mg_yaml),
        File(name: "li3ps4.yaml", bytes: PackageResources.li3ps4_yaml),
        File(name: "llzo.yaml", bytes: PackageResources.llzo_yaml),
        File(name: "lpscl.yaml", bytes: PackageResources.lpscl_yaml),
        File(name: "mg.yaml", bytes: PackageResources.mg_yaml),
        File(name: "nmc622.yaml", bytes: PackageResources.nmc622_yaml),
        File(name: "nmc811.yaml", bytes: PackageResources.nmc811_yaml),
        File(name: "w.yaml", bytes: PackageResources.w_yaml),
    ]

    /// Names of the materials, without the ending.
    public static var names: [String] {
        files.compactMap { $0.name.hasSuffix(".yaml") ? String($0.name.dropLast(5)) : nil }
    }

    /// A file by its name, such as `cost507-li-mg.tdb`.
    public static func file(named name: String) -> File? { files.first { $0.name == name } }
}
