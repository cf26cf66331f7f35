// What plausible values are made of. Names of people and companies are common ones and mean nobody.

const list = (text: string): readonly string[] => text.trim().split(/\s*[,\n]\s*/);

export const firstNames =
  list(`Ada, Amir, Ana, Ben, Carla, Chloe, Daniel, Elena, Emil, Eva, Fatima, Felix, Grace, Hana, Hugo,
  Ines, Ivan, Jonas, Julia, Kenji, Lara, Leo, Lina, Lucas, Maria, Mateo, Maya, Mila, Nadia, Noah, Nora, Olga, Omar, Paul,
  Priya, Rosa, Samir, Sara, Sofia, Theo, Tomas, Wei, Yara, Zoe`);

export const lastNames =
  list(`Adler, Andersson, Bauer, Becker, Bianchi, Brown, Castro, Chen, Costa, Diaz, Dubois, Evans,
  Fischer, Garcia, Green, Haddad, Hansen, Ivanova, Jensen, Kim, Kovacs, Kumar, Lambert, Larsen, Lopez, Martin, Mehta,
  Meyer, Moreau, Murphy, Nakamura, Novak, Okafor, Olsen, Patel, Rossi, Santos, Sato, Schmidt, Silva, Smith, Taylor, Weber, Wilson`);

/** City, country, its code, region, postal code, time zone, latitude, longitude: of one row, they go together. */
export const places = [
  ['Amsterdam', 'Netherlands', 'NL', 'North Holland', '1012 AB', 'Europe/Amsterdam', 52.3702, 4.8952],
  ['Athens', 'Greece', 'GR', 'Attica', '105 58', 'Europe/Athens', 37.9838, 23.7275],
  ['Auckland', 'New Zealand', 'NZ', 'Auckland', '1010', 'Pacific/Auckland', -36.8485, 174.7633],
  ['Berlin', 'Germany', 'DE', 'Berlin', '10115', 'Europe/Berlin', 52.52, 13.405],
  ['Bogota', 'Colombia', 'CO', 'Cundinamarca', '110111', 'America/Bogota', 4.711, -74.0721],
  ['Boston', 'United States', 'US', 'Massachusetts', '02108', 'America/New_York', 42.3601, -71.0589],
  ['Cape Town', 'South Africa', 'ZA', 'Western Cape', '8001', 'Africa/Johannesburg', -33.9249, 18.4241],
  ['Copenhagen', 'Denmark', 'DK', 'Capital Region', '1050', 'Europe/Copenhagen', 55.6761, 12.5683],
  ['Dublin', 'Ireland', 'IE', 'Leinster', 'D02 X285', 'Europe/Dublin', 53.3498, -6.2603],
  ['Kyoto', 'Japan', 'JP', 'Kyoto', '600-8216', 'Asia/Tokyo', 35.0116, 135.7681],
  ['Lagos', 'Nigeria', 'NG', 'Lagos', '100001', 'Africa/Lagos', 6.5244, 3.3792],
  ['Lisbon', 'Portugal', 'PT', 'Lisbon', '1100-148', 'Europe/Lisbon', 38.7223, -9.1393],
  ['Lyon', 'France', 'FR', 'Auvergne-Rhone-Alpes', '69001', 'Europe/Paris', 45.764, 4.8357],
  ['Montreal', 'Canada', 'CA', 'Quebec', 'H2Y 1C6', 'America/Toronto', 45.5019, -73.5674],
  ['Mumbai', 'India', 'IN', 'Maharashtra', '400001', 'Asia/Kolkata', 19.076, 72.8777],
  ['Portland', 'United States', 'US', 'Oregon', '97201', 'America/Los_Angeles', 45.5152, -122.6784],
  ['Seoul', 'South Korea', 'KR', 'Seoul', '04524', 'Asia/Seoul', 37.5665, 126.978],
  ['Tallinn', 'Estonia', 'EE', 'Harju', '10111', 'Europe/Tallinn', 59.437, 24.7536],
  ['Valencia', 'Spain', 'ES', 'Valencia', '46001', 'Europe/Madrid', 39.4699, -0.3763],
  ['Zurich', 'Switzerland', 'CH', 'Zurich', '8001', 'Europe/Zurich', 47.3769, 8.5417],
] as const;

export const streets =
  list(`Bridge Street, Castle Road, Cherry Lane, Church Street, Garden Street, Harbour Road, High Street,
  King Street, Lake View, Linden Avenue, Main Street, Market Square, Mill Lane, Park Avenue, River Road, Station Road`);

export const companies =
  list(`Alder & Co, Blue Harbour, Brightside Labs, Cobalt Works, Copper Fox, Evergreen Foods, Fernway,
  Granite Systems, Hazel & Sons, Lumen Studio, Maple Grove, Meridian Freight, North Pier, Oakline, Paper Crane,
  Quarry Street, Redwood Supply, Silverline, Stonebridge, Tidewater`);

export const products =
  list(`Canvas Tote Bag, Ceramic Mug, Copper Kettle, Cotton T-Shirt, Desk Lamp, Enamel Pan, Felt Slippers,
  Fountain Pen, Glass Carafe, Leather Wallet, Linen Napkins, Merino Scarf, Mountain Bike Bell, Noise-Cancelling Headphones,
  Oak Cutting Board, Pocket Notebook, Rain Jacket, Running Shoes, Steel Water Bottle, Travel Backpack, USB-C Cable,
  Walnut Shelf, Wireless Keyboard, Wool Blanket`);

export const words =
  list(`amber, anchor, arbor, aspen, atlas, autumn, beacon, birch, breeze, bridge, canyon, cedar, clover,
  cobalt, coral, cosmos, crystal, delta, ember, falcon, fern, forest, garden, glacier, harbor, hazel, horizon, indigo,
  island, ivory, jasper, juniper, lantern, lark, lemon, linen, lotus, lunar, maple, marble, meadow, mint, nova, oasis,
  ocean, olive, onyx, opal, orchid, pearl, pebble, pine, prism, quartz, raven, ridge, river, robin, saffron, sage,
  sierra, silver, sparrow, spruce, summit, thistle, timber, topaz, tulip, valley, velvet, violet, willow, winter`);

export const sentences = [
  'Everything arrived in good time and in one piece.',
  'Goes well with what is already there.',
  'Keeps its shape after years of daily use.',
  'Made in small batches from what the season brings.',
  'Please leave the parcel with the neighbours.',
  'Reviewed by the team and ready for the next step.',
  'Simple to set up and easy to take care of.',
  'The numbers of the last quarter are in.',
  'The second part follows next week.',
  'Updated after the meeting on Monday.',
  'Works out of the box, without any settings.',
  'Written down so that nobody has to remember it.',
];

export const titles =
  list(`A Quiet Morning, Before the Rain, Autumn Collection, Field Notes, First Steps, From Seed to Shelf,
  Letters Home, Notes on Paper, Open House, Small Things, Spring Cleaning, Summer Reading, The Long Way Round,
  The Next Chapter, Weekend Plans, What We Learned`);

export const colors = list(
  'amber, black, blue, coral, green, grey, indigo, navy, olive, orange, pink, purple, red, teal, white, yellow',
);

export const jobTitles =
  list(`Accountant, Designer, Editor, Engineer, Head of Sales, Office Manager, Operations Lead, Product Manager,
  Researcher, Support Specialist, Teacher, Translator`);

export const departments = list('Design, Engineering, Finance, Legal, Marketing, Operations, People, Sales, Support');

export const currencies = ['EUR', 'USD', 'GBP', 'CHF', 'SEK', 'CAD', 'AUD', 'JPY'];

export const languages = ['en', 'de', 'fr', 'es', 'it', 'nl', 'pt', 'sv', 'ja'];

export const locales = ['en-US', 'en-GB', 'de-DE', 'fr-FR', 'es-ES', 'it-IT', 'nl-NL', 'pt-PT', 'ja-JP'];

export const mediaTypes = ['application/json', 'application/pdf', 'image/jpeg', 'image/png', 'text/csv', 'text/plain'];

export const statuses = ['active', 'pending', 'completed', 'archived'];

export const userAgents = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15',
];
