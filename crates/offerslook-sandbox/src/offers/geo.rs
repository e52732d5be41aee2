use serde::Deserialize;

use super::terms::Text;

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Geo {
    /// These countries; the whole world if empty.
    Include(Vec<Country>),
    /// All countries but these.
    Exclude(Vec<Country>),
}

/// A country; in a file, its two-letter code.
#[derive(Debug, Clone, Deserialize)]
#[serde(try_from = "Text")]
pub(crate) struct Country {
    /// The code of ISO 3166-1.
    pub(crate) code: Text,
    pub(crate) name: Text,
    /// Derived from the offer's id if missing.
    pub(crate) id: Option<u64>,
    /// `None` for the whole country.
    pub(crate) part: Option<Part>,
}

#[derive(Debug, Clone, Copy)]
pub(crate) enum Part {
    Region { id: u64, name: &'static str },
    City { id: u64, name: &'static str },
}

/// The code, the English name, and the part that some generated offers target.
pub(super) const COUNTRIES: [(&str, &str, Option<Part>); 24] = [
    ("AE", "United Arab Emirates", None),
    ("AR", "Argentina", None),
    ("AU", "Australia", None),
    ("BR", "Brazil", Some(Part::Region { id: 420, name: "Sao Paulo" })),
    ("CA", "Canada", None),
    ("CN", "China", Some(Part::Region { id: 633, name: "Anhui Sheng" })),
    ("DE", "Germany", Some(Part::City { id: 1_204, name: "Berlin" })),
    ("EG", "Egypt", None),
    ("ES", "Spain", None),
    ("FR", "France", Some(Part::City { id: 1_377, name: "Paris" })),
    ("GB", "United Kingdom", None),
    ("HK", "Hong Kong", None),
    ("ID", "Indonesia", None),
    ("IN", "India", Some(Part::Region { id: 1_508, name: "Kerala" })),
    ("IT", "Italy", None),
    ("JP", "Japan", Some(Part::City { id: 1_816, name: "Tokyo" })),
    ("KR", "South Korea", None),
    ("MX", "Mexico", None),
    ("RU", "Russia", None),
    ("SA", "Saudi Arabia", None),
    ("TH", "Thailand", None),
    ("TR", "Turkey", None),
    ("US", "United States", Some(Part::Region { id: 3_924, name: "California" })),
    ("VN", "Vietnam", None),
];

impl Default for Geo {
    fn default() -> Self {
        Self::Include(Vec::new())
    }
}

impl Geo {
    pub(crate) fn code(&self) -> u64 {
        match self {
            Self::Include(_) => 1,
            Self::Exclude(_) => 2,
        }
    }

    pub(super) fn included(&self) -> &[Country] {
        match self {
            Self::Include(countries) => countries,
            Self::Exclude(_) => &[],
        }
    }

    pub(crate) fn countries(&self) -> &[Country] {
        match self {
            Self::Include(countries) | Self::Exclude(countries) => countries,
        }
    }
}

impl TryFrom<Text> for Country {
    type Error = &'static str;

    fn try_from(code: Text) -> Result<Self, Self::Error> {
        if code.len() != 2 || !code.bytes().all(|byte| byte.is_ascii_uppercase()) {
            return Err("a country is two capital letters, such as \"AE\"");
        }
        let known = COUNTRIES.iter().find(|(known, ..)| *known == code);
        let name = known.map_or_else(|| code.clone(), |(_, name, _)| Text::Borrowed(name));
        Ok(Self { code, name, id: None, part: None })
    }
}
