/** Where the device is, or the honest reason why that is not known. */

export interface Place {
  lat_e7: number;
  lon_e7: number;
  accuracy_m: number;
}

export type Located =
  { place: Place; place_missing: null } | { place: null; place_missing: 'denied' | 'timeout' | 'off' };

const TIMEOUT_MS = 8_000;
const RECENT_MS = 60_000;

export function locate(geolocation: Geolocation | undefined = navigator.geolocation): Promise<Located> {
  if (geolocation === undefined) return Promise.resolve({ place: null, place_missing: 'off' });
  return new Promise((resolve) => {
    geolocation.getCurrentPosition(
      (position) => resolve({ place: asPlace(position.coords), place_missing: null }),
      (error) => resolve({ place: null, place_missing: reason(error) }),
      { enableHighAccuracy: true, timeout: TIMEOUT_MS, maximumAge: RECENT_MS },
    );
  });
}

function asPlace(coords: GeolocationCoordinates): Place {
  return {
    lat_e7: Math.round(coords.latitude * 1e7),
    lon_e7: Math.round(coords.longitude * 1e7),
    accuracy_m: Math.round(coords.accuracy),
  };
}

/** The numbers are those of the Geolocation standard. */
function reason(error: { code: number }): 'denied' | 'timeout' | 'off' {
  if (error.code === 1) return 'denied';
  return error.code === 3 ? 'timeout' : 'off';
}
